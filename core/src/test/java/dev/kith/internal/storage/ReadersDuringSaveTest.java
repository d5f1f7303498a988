package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.CorruptIndexException;
import dev.kith.Metric;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.flat.FlatIndex;
import dev.kith.internal.storage.FaultyStorage.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening takes no lock: it finds the old index or the new one, whatever a writer is doing. */
class ReadersDuringSaveTest {
  private static final Path DIRECTORY = Path.of("/disk/index");
  private static final Duration RACE =
      Boolean.getBoolean("kith.long") ? Duration.ofMinutes(2) : Duration.ofSeconds(2);

  @TempDir private Path folder;

  /** A save happens just before a chosen operation of an open. */
  @ParameterizedTest
  @EnumSource
  void aSaveAtAnyMomentOfAnOpenIsNoHarm(OpenMode mode) throws IOException {
    int moment = 0;
    boolean reached = true;
    while (reached) {
      moment++;
      MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
      FlatIndex index = SmallIndex.make(3, Metric.COSINE, 5, 1);
      save(disk, index);
      String before = SmallIndex.atGeneration(1, index);
      FaultyStorage reading = FaultyStorage.on(disk, FaultyStorage.nothing());
      int when = moment;
      reading.observer(
          next -> {
            if (next.number() == when) {
              index.add(1, SmallIndex.vector(3, 8));
              saveUnchecked(disk, index);
            }
          });
      String[] found = {""};
      reading.run(
          () -> {
            try (VectorIndex opened = VectorIndexes.open(DIRECTORY, new OpenOptions(mode, false))) {
              found[0] = SmallIndex.atGeneration(opened.stats().generation(), opened);
            }
          });
      reached = index.stats().generation() == 2;
      String after = SmallIndex.atGeneration(2, index);
      assertThat(found[0]).as("a save before operation %s", moment).isIn(before, after);
      assertThat(reading.openFiles()).isZero();
    }
    assertThat(moment).isGreaterThan(10);
  }

  /** A save before every single operation: after some attempts the reader gives up, cleanly. */
  @Test
  void anOpenThatIsAlwaysOvertakenGivesUp() throws IOException {
    MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
    FlatIndex index = SmallIndex.make(3, Metric.L2, 5, 1);
    save(disk, index);
    FaultyStorage reading = FaultyStorage.on(disk, FaultyStorage.nothing());
    reading.observer(next -> saveUnchecked(disk, index));
    assertThatThrownBy(() -> reading.run(() -> VectorIndexes.open(DIRECTORY).close()))
        .isInstanceOf(CorruptIndexException.class)
        .hasMessageContaining("a file that the manifest names");
    assertThat(reading.openFiles()).isZero();
  }

  @Test
  void anIndexThatIsDeletedDuringAnOpenIsNoIndexOrDamaged() throws IOException {
    boolean reached = true;
    for (int moment = 1; reached; moment++) {
      MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
      save(disk, SmallIndex.make(3, Metric.L2, 5, 1));
      int when = moment;
      boolean[] deleted = {false};
      FaultyStorage reading = FaultyStorage.on(disk, FaultyStorage.nothing());
      reading.observer(
          next -> {
            if (next.number() == when) {
              deleted[0] = true;
              delete(disk);
            }
          });
      try {
        reading.run(() -> VectorIndexes.open(DIRECTORY).close());
      } catch (NoSuchFileException | CorruptIndexException expected) {
        assertThat(deleted[0]).isTrue();
      }
      assertThat(reading.openFiles()).isZero();
      reached = deleted[0];
    }
  }

  /** A listing may miss a name that is just being replaced, so none is asked for. */
  @ParameterizedTest
  @EnumSource
  void anOpenDoesNotRelyOnAListing(OpenMode mode) throws IOException {
    MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
    save(disk, SmallIndex.make(3, Metric.L2, 5, 1));
    FaultyStorage.on(disk, operation -> operation.kind() == Kind.LIST)
        .run(() -> VectorIndexes.open(DIRECTORY, new OpenOptions(mode, false)).close());
  }

  @Test
  void opensSucceedWhileAWriterSavesAgainAndAgain() throws Exception {
    race(folder.resolve("index"));
  }

  /** In its listings a name that is being replaced may be missing for a moment. */
  @Test
  void opensSucceedOnAFileSystemInMemory() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isDirectory(memory) && Files.isWritable(memory), "no /dev/shm here");
    Path own = Files.createTempDirectory(memory, "kith-test");
    try {
      race(own.resolve("index"));
    } finally {
      try (Stream<Path> files = Files.walk(own)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void race(Path directory) throws Exception {
    FlatIndex index = SmallIndex.make(3, Metric.L2, 50, 1);
    index.save(directory);
    String content = SmallIndex.describe(index);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> saves =
          threads.submit(
              () -> {
                int count = 0;
                while (!over.get()) {
                  index.save(directory);
                  count++;
                }
                return count;
              });
      Future<Integer> opens =
          threads.submit(
              () -> {
                int count = 0;
                while (!over.get()) {
                  OpenMode mode = OpenMode.values()[count++ % 2];
                  try (VectorIndex read =
                      VectorIndexes.open(directory, new OpenOptions(mode, false))) {
                    assertThat(SmallIndex.describe(read)).isEqualTo(content);
                  }
                }
                return count;
              });
      long end = System.nanoTime() + RACE.toNanos();
      while (System.nanoTime() < end && !saves.isDone() && !opens.isDone()) {
        Thread.sleep(10);
      }
      over.set(true);
      assertThat(saves.get()).as("saves").isGreaterThan(10);
      assertThat(opens.get()).as("opens").isGreaterThan(10);
    }
    assertThat(VectorIndexes.check(directory).problems()).isEmpty();
  }

  /** Searches neither wait for a save nor see anything of it. */
  @Test
  void searchesGoOnDuringASave() throws IOException {
    FlatIndex index = SmallIndex.make(3, Metric.L2, 50, 1);
    SearchRequest request = SearchRequest.of(SmallIndex.vector(3, 8), 5);
    List<?> expected = index.search(request).toList();
    MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
    FaultyStorage writing = FaultyStorage.on(disk, FaultyStorage.nothing());
    int[] searches = {0};
    writing.observer(
        next -> {
          if (next.kind() == Kind.WRITE || next.kind() == Kind.RENAME) {
            searches[0]++;
            assertThat(searchElsewhere(index, request)).isEqualTo(expected);
          }
        });
    writing.run(() -> index.save(DIRECTORY));
    assertThat(searches[0]).isGreaterThan(3);
  }

  private static List<?> searchElsewhere(VectorIndex index, SearchRequest request) {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      return thread.submit(() -> index.search(request).toList()).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("a search during a save", e);
    }
  }

  private static void delete(MemoryStorage disk) {
    try {
      for (String name : disk.list(DIRECTORY)) {
        disk.delete(DIRECTORY.resolve(name));
      }
      disk.delete(DIRECTORY);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void saveUnchecked(MemoryStorage disk, FlatIndex index) {
    try {
      save(disk, index);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void save(MemoryStorage disk, FlatIndex index) throws IOException {
    FaultyStorage.on(disk, FaultyStorage.nothing()).run(() -> index.save(DIRECTORY));
  }
}
