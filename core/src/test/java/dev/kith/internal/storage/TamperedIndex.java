package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.CheckReport;
import dev.kith.CorruptIndexException;
import dev.kith.OpenOptions;
import dev.kith.UnsupportedFormatVersionException;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A saved index on a disk in memory, whose bytes a test changes. */
public final class TamperedIndex {
  public static final Path DIRECTORY = Path.of("/disk/index");

  private final MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());

  /** Saves an index. */
  public TamperedIndex(VectorIndex index) throws IOException {
    run(() -> index.save(DIRECTORY));
  }

  /** Runs an action on the disk. */
  public void run(FaultyStorage.Action action) throws IOException {
    FaultyStorage.on(disk, FaultyStorage.nothing()).run(action);
  }

  /** The names of its files. */
  public List<String> files() throws IOException {
    return disk.list(DIRECTORY).stream().filter(name -> !name.equals(FileNames.LOCK)).toList();
  }

  /** A copy of a file, to be read and changed in place. */
  public ByteBuffer copy(String file) throws IOException {
    byte[] bytes = disk.bytes(DIRECTORY.resolve(file)).clone();
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Replaces a file. */
  public void put(String file, ByteBuffer bytes) throws IOException {
    disk.put(DIRECTORY.resolve(file), bytes.array().clone());
  }

  /** Replaces the manifest by one whose checksum is right. */
  public void putManifest(ByteBuffer bytes) throws IOException {
    put(FileNames.MANIFEST, signed(bytes));
  }

  /** Replaces a data file by one whose checksum is right and whom the manifest means. */
  public void putData(String file, ByteBuffer bytes) throws IOException {
    ByteBuffer signed = signed(bytes);
    put(file, signed);
    Manifest manifest = Manifest.read(disk, DIRECTORY);
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Manifest.Entry entry : manifest.files()) {
      boolean meant = manifest.fileName(entry).equals(file);
      int length = signed.capacity();
      entries.add(
          meant
              ? new Manifest.Entry(entry.part(), entry.name(), length, signed.getInt(length - 4))
              : entry);
    }
    write(new Manifest(manifest.generation(), manifest.parts(), entries));
  }

  void write(Manifest manifest) throws IOException {
    manifest.write(disk, DIRECTORY.resolve(FileNames.MANIFEST));
  }

  /** Deletes a file. */
  public void delete(String file) throws IOException {
    disk.delete(DIRECTORY.resolve(file));
  }

  /** What an attempt throws, or null. */
  public Throwable failure(FaultyStorage.Action action) {
    return catchThrowable(() -> run(action));
  }

  /** Fails unless every way to open the index into the heap, and a check, notices the damage. */
  public void assertNoticed(String damage) {
    assertDamage(damage, () -> run(() -> VectorIndexes.open(DIRECTORY).close()));
    assertDamage(damage, () -> run(() -> VectorIndexes.openForWriting(DIRECTORY).close()));
    CheckReport[] report = new CheckReport[1];
    assertThat(failure(() -> report[0] = VectorIndexes.check(DIRECTORY)))
        .as("check, %s", damage)
        .isNull();
    assertThat(report[0].problems()).as(damage).hasSize(1);
  }

  /** Fails unless the index opens mapped, or is refused as damaged. */
  public void assertMappedSafely(String damage) {
    Throwable thrown = failure(() -> VectorIndexes.open(DIRECTORY, OpenOptions.mapped()).close());
    if (thrown != null) {
      assertThat(thrown).as(damage).isInstanceOfAny(documented());
    }
  }

  /** Fails unless the index is refused as damaged also when it is mapped. */
  public void assertNoticedMapped(String damage) {
    assertDamage(
        damage, () -> run(() -> VectorIndexes.open(DIRECTORY, OpenOptions.mapped()).close()));
  }

  private static void assertDamage(String damage, ThrowingCallable open) {
    assertThat(catchThrowable(open)).as(damage).isInstanceOfAny(documented());
  }

  /** What damaged files may throw. */
  public static Class<?>[] documented() {
    return new Class<?>[] {CorruptIndexException.class, UnsupportedFormatVersionException.class};
  }

  /** Computes the checksum in the footer anew. */
  static ByteBuffer signed(ByteBuffer bytes) {
    int at = bytes.capacity() - (Container.FOOTER_BYTES - Container.CRC_AT);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, at);
    return bytes.putInt(at, (int) crc.getValue());
  }
}
