package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An interrupt of the calling thread ends {@code addAll} between two rounds and nothing else: what
 * is not documented to be cancelled by it is done, whole, and the flag stays set.
 */
class C5_InterruptTest {
  private static final int DIMENSION = 8;
  private static final int ROWS = 2_000;

  @TempDir private Path folder;

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private static MutableVectorIndex holding(float[]... rows) {
    MutableVectorIndex index = HnswIndex.create(HnswConfig.builder(DIMENSION, Metric.L2).build());
    index.addAll(VectorSource.of(rows), BulkOptions.defaults());
    return index;
  }

  /** Runs an action on an interrupted thread, which it must leave interrupted. */
  private static void interrupted(Runnable action) {
    Thread.currentThread().interrupt();
    action.run();
    assertThat(Thread.interrupted()).as("the interrupt flag afterwards").isTrue();
  }

  /** Fails unless every vector finds itself and what is saved is sound. */
  private void assertSound(VectorIndex index) throws IOException {
    for (long id : index.ids()) {
      Hits hits = index.search(SearchRequest.of(index.vector(id), 1));
      assertThat(hits.distances()).as("nearest to vector %s", id).containsExactly(0f);
    }
    Path directory = folder.resolve("index");
    index.save(directory);
    assertThat(VectorIndexes.check(directory).problems()).isEmpty();
  }

  @Test
  void addStoresTheVectorOnAnInterruptedThread() throws IOException {
    float[][] more = TestVectors.gaussian(2, DIMENSION, 2);
    try (MutableVectorIndex index = holding(TestVectors.gaussian(500, DIMENSION, 1))) {
      interrupted(() -> assertThat(index.add(9_001, more[0])).isTrue());
      index.add(9_002, more[1]);

      assertThat(index.vector(9_001)).containsExactly(more[0]);
      assertThat(index.vector(9_002)).containsExactly(more[1]);
      assertSound(index);
    }
  }

  @Test
  void removingTheLastVectorOnAnInterruptedThreadLeavesAnIndexToBeFilledAgain() throws IOException {
    float[][] rows = TestVectors.gaussian(300, DIMENSION, 3);
    try (MutableVectorIndex index = holding(rows)) {
      for (int id = 1; id < rows.length; id++) {
        index.remove(id);
      }
      interrupted(() -> index.remove(0));
      for (int i = 0; i < rows.length; i++) {
        index.add(1_000 + i, rows[i]);
      }

      assertSound(index);
    }
  }

  @Test
  void compactFinishesOnAnInterruptedThread() throws IOException {
    try (MutableVectorIndex index = holding(TestVectors.gaussian(ROWS, DIMENSION, 4))) {
      for (int id = 0; id < ROWS; id += 2) {
        index.remove(id);
      }
      interrupted(index::compact);

      assertSound(index);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 500, 1_000, 1_900})
  void addAllThatReplacesAndIsInterruptedLeavesAGraphThatGoesOn(int at) throws IOException {
    float[][] rows = TestVectors.gaussian(ROWS, DIMENSION, 5);
    Thread caller = Thread.currentThread();
    VectorSource interrupting =
        new VectorSource() {
          private int copies;

          @Override
          public int size() {
            return rows.length;
          }

          @Override
          public long id(int row) {
            return row;
          }

          @Override
          public void copy(int row, float[] target) {
            if (copies++ == ROWS + at) { // the first so many are the check of all rows
              caller.interrupt();
            }
            System.arraycopy(rows[row], 0, target, 0, DIMENSION);
          }
        };
    float[][] more = TestVectors.gaussian(800, DIMENSION, 6);
    try (MutableVectorIndex index = holding(TestVectors.gaussian(ROWS, DIMENSION, 7))) {
      try {
        index.addAll(interrupting, BulkOptions.defaults().threads(1));
      } catch (BulkCancelledException e) {
        assertThat(e.added()).isLessThan(ROWS);
      }
      assertThat(Thread.interrupted()).as("the interrupt flag afterwards").isTrue();
      for (int i = 0; i < more.length; i++) {
        index.add(50_000 + i, more[i]);
      }

      assertThat(index.size()).isEqualTo(ROWS + more.length);
      assertSound(index);
    }
  }
}
