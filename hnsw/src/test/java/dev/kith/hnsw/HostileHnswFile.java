package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.CheckReport;
import dev.kith.CorruptIndexException;
import dev.kith.IdSet;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A saved index whose data file a test changes, checksums and manifest included. */
final class HostileHnswFile {
  private static final String FILE = "hnsw-1.kith";
  private static final int TABLE = 64;
  private static final int ENTRY = 24;

  private final Path directory;
  private final Path elsewhere;
  private final ByteBuffer good;
  private final ByteBuffer manifest;
  private final long[] ids;
  private final List<SearchRequest> requests = new ArrayList<>();

  /** Saves an index into a folder. */
  HostileHnswFile(VectorIndex index, Path folder) throws IOException {
    this.directory = folder.resolve("index");
    this.elsewhere = folder.resolve("elsewhere");
    index.save(directory);
    this.good = read(FILE);
    this.manifest = read("manifest");
    this.ids = index.ids();
    for (long id : new long[] {ids[0], ids[ids.length / 2]}) {
      for (int efSearch : new int[] {1, 10, 100}) {
        SearchRequest request =
            SearchRequest.of(index.vector(id), 7).params(new HnswSearchParams(efSearch));
        requests.add(request);
        requests.add(request.filter(other -> other % 2 == 0));
        requests.add(request.filter(IdSet.of(ids[1], ids[2])));
        requests.add(request.maxDistance(1));
      }
      requests.add(SearchRequest.of(index.vector(id), 1_000));
    }
  }

  private ByteBuffer read(String name) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The file as it was written, to be read. */
  ByteBuffer good() {
    return good;
  }

  /** Where the entry of a section stands in the table. */
  int entry(int section) {
    int at = TABLE;
    while (good.getInt(at) != section) {
      at += ENTRY;
    }
    return at;
  }

  /** Where a section begins. */
  int section(int section) {
    return (int) good.getLong(entry(section) + 8);
  }

  /** Stores a changed file with a right checksum, which the manifest means. */
  private void put(Consumer<ByteBuffer> change) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(good.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(file);
    int crc = sign(file);
    ByteBuffer list = ByteBuffer.wrap(manifest.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
    int files = (int) list.getLong(TABLE + ENTRY + 8);
    int crcAt =
        files + 4 + 4 + 4 + "hnsw".length() + 8; // count, part, length of name, name, length
    assertThat(list.getInt(crcAt)).isEqualTo(good.getInt(good.capacity() - 4));
    list.putInt(crcAt, crc);
    sign(list);
    Files.write(directory.resolve(FILE), file.array());
    Files.write(directory.resolve("manifest"), list.array());
  }

  private static int sign(ByteBuffer file) {
    CRC32C crc = new CRC32C();
    crc.update(file.array(), 0, file.capacity() - 4);
    file.putInt(file.capacity() - 4, (int) crc.getValue());
    return (int) crc.getValue();
  }

  /** Fails unless every way to open the file into the heap, and a check, notices the damage. */
  void assertNoticedInHeap(String damage, Consumer<ByteBuffer> change) throws IOException {
    put(change);
    assertCorrupt(damage, () -> VectorIndexes.open(directory).close());
    assertCorrupt(damage, () -> VectorIndexes.openForWriting(directory).close());
    CheckReport report = VectorIndexes.check(directory);
    assertThat(report.problems()).as("check, %s", damage).hasSize(1);
  }

  /** Fails unless the damage is noticed in the heap, and mapped at once. */
  void assertNoticedEverywhere(String damage, Consumer<ByteBuffer> change) throws IOException {
    assertNoticedInHeap(damage, change);
    assertCorrupt(
        damage + ", mapped", () -> VectorIndexes.open(directory, OpenOptions.mapped()).close());
  }

  /** Fails unless the damage is noticed in the heap, and does no harm mapped. */
  void assertNoticedInHeapAndHarmlessMapped(String damage, Consumer<ByteBuffer> change)
      throws IOException {
    assertNoticedInHeap(damage, change);
    assertHarmless(damage, OpenOptions.mapped());
  }

  /** Fails unless the damage is noticed or does no harm, however the file is opened. */
  void assertNoticedOrHarmless(String damage, Consumer<ByteBuffer> change) throws IOException {
    put(change);
    assertHarmless(damage + ", heap", OpenOptions.defaults());
    assertHarmless(damage + ", mapped", OpenOptions.mapped());
    assertThat(catchThrowable(() -> VectorIndexes.check(directory))).as(damage).isNull();
  }

  /** Fails unless a check reports the file that was put last. */
  void assertProblem(String damage) throws IOException {
    assertThat(VectorIndexes.check(directory).problems()).as(damage).hasSize(1);
  }

  private static void assertCorrupt(String damage, ThrowingCallable open) {
    assertThat(catchThrowable(open)).as(damage).isInstanceOf(CorruptIndexException.class);
  }

  private void assertHarmless(String damage, OpenOptions options) throws IOException {
    VectorIndex opened;
    try {
      opened = VectorIndexes.open(directory, options);
    } catch (CorruptIndexException e) {
      return;
    }
    try (opened) {
      for (SearchRequest request : requests) {
        assertDocumented(damage + ", search", () -> opened.search(request));
      }
      assertDocumented(
          damage + ", searchAll",
          () -> opened.searchAll(requests, BulkOptions.defaults().threads(2)));
      for (long id : ids) {
        assertDocumented(damage + ", vector", () -> vector(opened, id));
      }
      assertDocumented(damage + ", ids", () -> assertThat(opened.ids()).hasSameSizeAs(ids));
      if (options.mode() == OpenMode.MAPPED) { // what the heap holds has been verified
        assertDocumented(damage + ", save", () -> save(opened));
      }
    }
    clear();
  }

  /** Looks an id up; damaged ids or a damaged order may hide it. */
  private static void vector(VectorIndex opened, long id) {
    try {
      opened.vector(id);
    } catch (NoSuchElementException e) {
      assertThat(e).hasMessage("id: " + id + " is not in the index");
    }
  }

  /** Saves; of an id that occurs twice a save says as much, and is not more exact. */
  private void save(VectorIndex opened) throws IOException {
    try {
      opened.save(elsewhere);
    } catch (IOException e) {
      if (e.getClass() != IOException.class || !("" + e.getMessage()).contains("is damaged")) {
        throw e;
      }
    }
  }

  private static void assertDocumented(String what, ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    if (thrown instanceof UncheckedIOException unchecked) {
      thrown = unchecked.getCause();
    }
    if (thrown != null) {
      assertThat(thrown).as(what).isInstanceOf(CorruptIndexException.class);
    }
  }

  /** Clears what a save left; temporary files are not among it, refused or not. */
  private void clear() throws IOException {
    if (Files.exists(elsewhere)) {
      try (Stream<Path> files = Files.list(elsewhere)) {
        for (Path file : files.toList()) {
          assertThat(file).asString().doesNotEndWith(".tmp");
          Files.delete(file);
        }
      }
      Files.delete(elsewhere);
    }
  }
}
