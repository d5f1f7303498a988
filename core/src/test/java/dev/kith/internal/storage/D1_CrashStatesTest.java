package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.FaultyStorage.Kind;
import dev.kith.internal.storage.FaultyStorage.Operation;
import dev.kith.support.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power fails at every step of a save: whatever of the unforced writes and renames is lost, the
 * directory holds the old index or the new one, and once the save has returned, the new one. The
 * tests of other index types inherit these.
 */
public class D1_CrashStatesTest {
  private static final Path ROOT = Path.of("/disk");
  private static final Path DIRECTORY = ROOT.resolve("index");
  private static final int DISKS = Boolean.getBoolean("kith.long") ? 256 : 16;

  private int disksSeen;

  @RegisterExtension final CollectedWarnings warnings = new CollectedWarnings();

  /** The type name of the indexes that are tested. */
  protected String type() {
    return "flat";
  }

  /** An index of that type, whose content depends on every argument. */
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    return SmallIndex.make(dimension, metric, vectors, kind);
  }

  @ParameterizedTest
  @EnumSource
  void everyCrashDuringSavesLeavesTheOldIndexOrTheNew(Metric metric) throws Exception {
    Seeds.run(
        1,
        random -> {
          MemoryStorage disk = new MemoryStorage(ROOT);
          MutableVectorIndex index = make(5, metric, 40, 1);
          String old = SmallIndex.NONE;
          for (int generation = 1; generation <= 3; generation++) {
            index.add(generation, SmallIndex.vector(5, generation));
            old = saveUnderCrashes(disk, index, old, generation, random);
          }
          MutableVectorIndex other = make(5, metric, 7, 2);
          old = saveUnderCrashes(disk, other, old, 4, random);
          assertThat(on(disk)).isEqualTo(old);
        });
    assertThat(disksSeen).isGreaterThan(4 * 15 * DISKS);
  }

  @Test
  void everyCrashDuringTheSaveOfALockedWriterLeavesTheOldIndexOrTheNew() throws Exception {
    Seeds.run(
        1,
        random -> {
          MemoryStorage disk = new MemoryStorage(ROOT);
          MutableVectorIndex first = make(5, Metric.L2, 3, 1);
          String old = saveUnderCrashes(disk, first, SmallIndex.NONE, 1, random);
          FaultyStorage storage = FaultyStorage.on(disk, FaultyStorage.nothing());
          storage.run(
              () -> {
                try (var writer = VectorIndexes.openForWriting(DIRECTORY)) {
                  writer.remove(0);
                  writer.add(5, SmallIndex.vector(5, 60));
                  saveUnderCrashes(disk, writer, old, 2, random);
                }
              });
        });
  }

  /** After a failed save either index may be there; the save that follows is as durable as any. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyCrashAfterAFailedSaveAndAfterTheNextIsSurvived(boolean first) throws Exception {
    Seeds.run(
        1,
        random -> {
          boolean failed = true;
          for (int number = 1; failed; number++) {
            int failing = number;
            MemoryStorage disk = new MemoryStorage(ROOT);
            MutableVectorIndex index = make(5, Metric.COSINE, 9, 1);
            if (!first) {
              FaultyStorage.on(disk, FaultyStorage.nothing()).run(() -> index.save(DIRECTORY));
            }
            String old = on(disk);
            FaultyStorage faulty = FaultyStorage.on(disk, o -> o.number() == failing);
            index.add(number, SmallIndex.vector(5, number));
            boolean thrown = false;
            try {
              faulty.run(() -> index.save(DIRECTORY));
            } catch (FaultyStorage.InjectedFault expected) {
              thrown = true;
            }
            failed = !faulty.failures().isEmpty();
            String fresh = SmallIndex.atGeneration(first ? 1 : 2, index);
            boolean renamed = faulty.did(Kind.RENAME, FileNames.MANIFEST);
            Operation last = faulty.operations().getLast();
            Set<String> allowed = thrown ? Set.of(old) : Set.of(fresh);
            if (thrown && renamed) {
              allowed = Set.of(old, fresh);
              for (int more = 0; more < 10; more++) { // the rename may be lost, a deletion not
                crash(disk, last, allowed, random);
              }
            }
            crash(disk, last, allowed, random);

            FaultyStorage.on(disk, FaultyStorage.nothing()).run(() -> index.save(DIRECTORY));
            crash(disk, last, Set.of(on(disk)), random);
            assertThat(on(disk))
                .as("after %s", faulty.failures())
                .isEqualTo(SmallIndex.atGeneration(index.stats().generation(), index));
          }
        });
  }

  /** The proof that these tests can fail: a disk whose force does nothing loses the index. */
  @Test
  void aDiskThatForcesNothingIsFoundOut() throws IOException {
    for (Kind ignored : Set.of(Kind.FORCE, Kind.FORCE_DIRECTORY)) {
      MemoryStorage fresh = new MemoryStorage(ROOT);
      MutableVectorIndex index = make(5, Metric.L2, 9, 1);
      FaultyStorage.on(fresh, FaultyStorage.nothing())
          .ignoring(ignored)
          .run(() -> index.save(DIRECTORY));
      String expected = SmallIndex.atGeneration(1, index);
      assertThat(on(fresh.copy())).isEqualTo(expected);
      String left;
      try {
        left = on(fresh.crashLosingAll());
      } catch (IOException e) {
        left = "damaged: " + e.getMessage();
      }
      assertThat(left).as("without %s", ignored).isNotEqualTo(expected);
    }
  }

  /** Saves; before every operation and after the last the power fails in many ways. */
  private String saveUnderCrashes(
      MemoryStorage disk, VectorIndex index, String old, long generation, RandomGenerator random)
      throws IOException {
    String fresh = SmallIndex.atGeneration(generation, index);
    boolean[] renamed = {false};
    FaultyStorage journal = FaultyStorage.on(disk, FaultyStorage.nothing());
    journal.observer(
        next -> {
          renamed[0] |= journal.did(Kind.RENAME, FileNames.MANIFEST);
          crash(disk, next, renamed[0] ? Set.of(old, fresh) : Set.of(old), random);
        });
    journal.run(() -> index.save(DIRECTORY));
    List<Operation> operations = journal.operations();
    crash(disk, operations.getLast(), Set.of(fresh), random);
    assertThat(on(disk)).isEqualTo(fresh);
    return fresh;
  }

  private void crash(
      MemoryStorage disk, Operation next, Set<String> allowed, RandomGenerator random) {
    for (int i = 0; i < DISKS; i++) {
      MemoryStorage left =
          switch (i) {
            case 0 -> disk.crashLosingAll();
            case 1 -> disk.copy();
            default -> disk.crash(random);
          };
      disksSeen++;
      try {
        assertThat(on(left)).as("crash at %s", next).isIn(allowed);
        if (i < 4) {
          repair(left);
        }
      } catch (IOException e) {
        throw new AssertionError("crash at " + next, e);
      }
    }
  }

  /** After a crash the next save succeeds and clears away what the broken one left. */
  private void repair(MemoryStorage left) throws IOException {
    MutableVectorIndex index = make(5, Metric.L2, 2, 9);
    Predicate<Operation> nothing = FaultyStorage.nothing();
    FaultyStorage.on(left, nothing)
        .run(
            () -> {
              index.save(DIRECTORY);
              assertThat(left.list(DIRECTORY))
                  .containsExactly(
                      type() + "-" + index.stats().generation() + ".kith",
                      "manifest",
                      "write.lock");
              assertThat(VectorIndexes.check(DIRECTORY).problems()).isEmpty();
            });
  }

  private static String on(MemoryStorage disk) throws IOException {
    String[] found = {""};
    FaultyStorage.on(disk, FaultyStorage.nothing())
        .run(() -> found[0] = SmallIndex.stored(DIRECTORY));
    return found[0];
  }
}
