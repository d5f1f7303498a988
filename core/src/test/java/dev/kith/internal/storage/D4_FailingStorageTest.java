package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.IndexLockedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.FaultyStorage.InjectedFault;
import dev.kith.internal.storage.FaultyStorage.Kind;
import dev.kith.internal.storage.FaultyStorage.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every single operation of a save or an open fails in turn: the failure reaches the caller, the
 * old index is intact, the index in memory still answers, nothing is leaked, and the next try
 * succeeds. The tests of other index types inherit these.
 */
public class D4_FailingStorageTest {
  @RegisterExtension final CollectedWarnings warnings = new CollectedWarnings();
  @TempDir private Path folder;

  /** The type name of the indexes that are tested. */
  protected String type() {
    return "flat";
  }

  /** An index of that type, whose content depends on every argument. */
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    return SmallIndex.make(dimension, metric, vectors, kind);
  }

  /** Who saves, and where. */
  enum Situation {
    FIRST_SAVE,
    OVER_ANOTHER_INDEX,
    OVER_ITS_OWN_FORMER_SELF,
    OPENED_FOR_WRITING,
    OPENED_IN_HEAP,
    OPENED_MAPPED;

    /** An index about to be saved into the directory. */
    VectorIndex prepare(D4_FailingStorageTest test, Path directory) throws IOException {
      if (this == FIRST_SAVE) {
        return test.make(3, Metric.COSINE, 20, 1);
      }
      MutableVectorIndex before = test.make(3, Metric.COSINE, 20, 2);
      save(before, directory);
      save(before, directory);
      return switch (this) {
        case FIRST_SAVE, OVER_ANOTHER_INDEX -> test.make(3, Metric.L2, 30, 1);
        case OVER_ITS_OWN_FORMER_SELF -> changed(before);
        case OPENED_FOR_WRITING -> changed(VectorIndexes.openForWriting(directory));
        case OPENED_IN_HEAP -> VectorIndexes.open(directory);
        case OPENED_MAPPED -> VectorIndexes.open(directory, OpenOptions.mapped());
      };
    }

    private static MutableVectorIndex changed(MutableVectorIndex index) {
      index.remove(2000);
      index.add(1, SmallIndex.vector(3, 77));
      return index;
    }
  }

  /** How the operation number {@code n} fails. */
  enum Fault {
    ONCE {
      @Override
      Predicate<Operation> at(int n) {
        return operation -> operation.number() == n;
      }
    },
    FOR_GOOD {
      @Override
      Predicate<Operation> at(int n) {
        return operation -> operation.number() >= n;
      }
    },
    DISK_FULL {
      @Override
      Predicate<Operation> at(int n) {
        return operation -> operation.number() >= n && operation.kind() == Kind.WRITE;
      }
    };

    abstract Predicate<Operation> at(int n);
  }

  static List<Arguments> situationsAndFaults() {
    List<Arguments> all = new ArrayList<>();
    for (Situation situation : Situation.values()) {
      for (Fault fault : Fault.values()) {
        all.add(Arguments.of(situation, fault));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("situationsAndFaults")
  void everyOperationOfASaveMayFail(Situation situation, Fault fault) throws IOException {
    int failing = 0;
    boolean reached = true;
    while (reached) {
      failing++;
      Path directory = folder.resolve("index-" + failing);
      try (VectorIndex index = situation.prepare(this, directory)) {
        String before = SmallIndex.stored(directory);
        Set<String> namesBefore = names(directory);
        long generation = before.equals(SmallIndex.NONE) ? 0 : 2;
        String inMemory = SmallIndex.describe(index);
        FaultyStorage faulty = FaultyStorage.onFiles(fault.at(failing));

        IOException thrown = null;
        try {
          faulty.run(() -> index.save(directory));
        } catch (InjectedFault e) {
          thrown = e;
        }
        reached = !faulty.failures().isEmpty();

        boolean committed = faulty.did(Kind.RENAME, FileNames.MANIFEST);
        String after = SmallIndex.atGeneration(generation + 1, index);
        String where = "failed: " + faulty.failures();
        if (thrown == null) {
          assertThat(committed).as(where).isTrue();
          assertThat(faulty.failures())
              .as("only clearing away may fail unnoticed")
              .allMatch(o -> o.kind() == Kind.LIST || o.kind() == Kind.DELETE);
          assertThat(warnings.take()).as(where).hasSize(reached ? 1 : 0);
        } else {
          assertThat(thrown).hasMessageContaining(faulty.failures().getFirst().toString());
        }
        assertThat(SmallIndex.stored(directory)).as(where).isEqualTo(committed ? after : before);
        assertThat(SmallIndex.describe(index)).as(where).isEqualTo(inMemory);
        assertThat(faulty.openFiles()).as(where).isZero();
        assertThat(faulty.heldLocks()).as(where).isZero();
        if (fault != Fault.FOR_GOOD && !committed) {
          assertThat(names(directory)).as(where).isSubsetOf(with(namesBefore, FileNames.LOCK));
        }
        if (fault != Fault.FOR_GOOD) {
          assertThat(names(directory)).as(where).noneMatch(name -> name.endsWith(".tmp"));
        }
        nextSaveSucceeds(index, situation, directory, generation + (committed ? 2 : 1), where);
      }
      FileSystemStorage.INSTANCE.lock(directory).close();
    }
    assertThat(failing)
        .as("operations of the save")
        .isGreaterThan(fault == Fault.DISK_FULL ? 2 : 15);
  }

  /** Wherever the disk is full, nothing is left of the save, and with more room it succeeds. */
  @ParameterizedTest
  @EnumSource(names = {"FIRST_SAVE", "OVER_ITS_OWN_FORMER_SELF", "OPENED_FOR_WRITING"})
  void aSaveThatDoesNotFitLeavesNothingBehind(Situation situation) throws IOException {
    boolean fits = false;
    long room = 0;
    for (; !fits; room += 61) {
      Path directory = folder.resolve("index-" + room);
      try (VectorIndex index = situation.prepare(this, directory)) {
        String before = SmallIndex.stored(directory);
        Set<String> namesBefore = names(directory);
        long generation = before.equals(SmallIndex.NONE) ? 0 : 2;
        FaultyStorage disk = FaultyStorage.onFiles(FaultyStorage.nothing()).withRoomFor(room);
        String where = "room for " + room + " bytes";
        try {
          disk.run(() -> index.save(directory));
          fits = true;
          assertThat(disk.written()).as(where).isLessThanOrEqualTo(room);
        } catch (InjectedFault e) {
          assertThat(e).as(where).hasMessageStartingWith("no space left on device");
          assertThat(SmallIndex.stored(directory)).as(where).isEqualTo(before);
          assertThat(names(directory)).as(where).isSubsetOf(with(namesBefore, FileNames.LOCK));
        }
        assertThat(disk.openFiles()).as(where).isZero();
        nextSaveSucceeds(index, situation, directory, generation + (fits ? 2 : 1), where);
      }
    }
    assertThat(room).as("the room it takes").isGreaterThan(1_000);
  }

  private void nextSaveSucceeds(
      VectorIndex index, Situation situation, Path directory, long generation, String where)
      throws IOException {
    if (situation == Situation.OPENED_FOR_WRITING) {
      assertThatThrownBy(() -> FileSystemStorage.INSTANCE.lock(directory))
          .as("the writer's own lock")
          .isInstanceOf(IndexLockedException.class);
    } else if (Files.exists(directory)) {
      FileSystemStorage.INSTANCE.lock(directory).close();
    }
    save(index, directory);
    assertThat(SmallIndex.stored(directory))
        .as(where)
        .isEqualTo(SmallIndex.atGeneration(generation, index));
    assertThat(names(directory))
        .as(where)
        .containsExactly(type() + "-" + generation + ".kith", FileNames.MANIFEST, FileNames.LOCK);
  }

  /** Ways to read a directory. */
  enum Reading {
    HEAP {
      @Override
      void from(Path directory) throws IOException {
        VectorIndexes.open(directory).close();
      }
    },
    MAPPED {
      @Override
      void from(Path directory) throws IOException {
        VectorIndexes.open(directory, OpenOptions.mapped()).close();
      }
    },
    FOR_WRITING {
      @Override
      void from(Path directory) throws IOException {
        VectorIndexes.openForWriting(directory).close();
      }
    },
    CHECK {
      @Override
      void from(Path directory) throws IOException {
        assertThat(VectorIndexes.check(directory).problems()).isEmpty();
      }
    };

    abstract void from(Path directory) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void everyOperationOfReadingMayFail(Reading reading) throws IOException {
    Path directory = folder.resolve("index");
    save(make(3, Metric.COSINE, 20, 1), directory);
    int failing = 0;
    boolean reached = true;
    while (reached) {
      failing++;
      FaultyStorage faulty = FaultyStorage.onFiles(Fault.ONCE.at(failing));
      IOException thrown = null;
      try {
        faulty.run(() -> reading.from(directory));
      } catch (InjectedFault e) {
        thrown = e;
      }
      reached = !faulty.failures().isEmpty();
      assertThat(thrown != null).as("the failure of %s", faulty.failures()).isEqualTo(reached);
      assertThat(faulty.openFiles()).as("after %s", faulty.failures()).isZero();
      assertThat(faulty.heldLocks()).as("after %s", faulty.failures()).isZero();
      reading.from(directory);
    }
    assertThat(failing).as("operations of reading").isGreaterThan(10);
  }

  private static void save(VectorIndex index, Path directory) throws IOException {
    FaultyStorage.onFiles(FaultyStorage.nothing()).run(() -> index.save(directory));
  }

  private static Set<String> names(Path directory) throws IOException {
    return Files.exists(directory)
        ? new TreeSet<>(FileSystemStorage.INSTANCE.list(directory))
        : Set.of();
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> more = new TreeSet<>(names);
    more.add(name);
    return more;
  }
}
