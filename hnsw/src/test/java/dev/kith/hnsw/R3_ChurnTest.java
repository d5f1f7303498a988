package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.testkit.Seed;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R3: generations of removals and additions cost neither recall nor memory. The beam is narrow
 * enough for recall to have room to fall.
 */
class R3_ChurnTest {
  private static final int DIMENSION = 24;
  private static final int LIVE = ReliabilityRig.LONG ? 50_000 : 5_000;
  private static final int GENERATIONS = ReliabilityRig.LONG ? 200 : 10;
  private static final int CHANGED = LIVE / 20;
  private static final int EF_SEARCH = 24;
  private static final double MOST_LOST = 0.05;

  /** Room for single additions is made by half of what there is; for churn, once is enough. */
  private static final double GROWN_ONCE = 1.6;

  @TempDir private Path folder;

  /** How a generation of vectors gives way to the next. */
  enum Churn {
    REMOVE_THEN_ADD,
    ADD_THEN_REMOVE,
    IN_BULK,
    UPDATE_IN_PLACE,
    UPDATE_IN_PLACE_IN_BULK;

    void generation(MutableVectorIndex index, long[] leaving, long[] coming, float[][] vectors) {
      switch (this) {
        case REMOVE_THEN_ADD -> {
          remove(index, leaving);
          add(index, coming, vectors);
        }
        case ADD_THEN_REMOVE -> {
          add(index, coming, vectors);
          remove(index, leaving);
        }
        case IN_BULK -> {
          remove(index, leaving);
          addAll(index, coming, vectors);
        }
        case UPDATE_IN_PLACE -> add(index, leaving, vectors);
        case UPDATE_IN_PLACE_IN_BULK -> addAll(index, leaving, vectors);
      }
    }

    /** The ids after a generation, in the places of those that left. */
    boolean keepsIds() {
      return this == UPDATE_IN_PLACE || this == UPDATE_IN_PLACE_IN_BULK;
    }

    private static void remove(MutableVectorIndex index, long[] ids) {
      for (long id : ids) {
        index.remove(id);
      }
    }

    private static void add(MutableVectorIndex index, long[] ids, float[][] vectors) {
      for (int i = 0; i < ids.length; i++) {
        index.add(ids[i], vectors[i]);
      }
    }

    private static void addAll(MutableVectorIndex index, long[] ids, float[][] vectors) {
      index.addAll(VectorSource.of(ids, vectors), BulkOptions.defaults().threads(2));
    }
  }

  private static HnswConfig config() {
    return HnswConfig.builder(DIMENSION, Metric.L2).build();
  }

  private static double recall(VectorIndex index, float[][] queries) {
    return ReliabilityRig.recall(index, queries, EF_SEARCH);
  }

  private static double recallOfFreshBuild(VectorIndex index, float[][] queries) {
    long[] ids = index.ids();
    float[][] vectors = Arrays.stream(ids).mapToObj(index::vector).toArray(float[][]::new);
    try (VectorIndex fresh = ReliabilityRig.holding(config(), VectorSource.of(ids, vectors))) {
      return recall(fresh, queries);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recallAndMemoryStayThoseOfAFreshBuild(Churn churn, @Seed long seed) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(LIVE + GENERATIONS * CHANGED, DIMENSION, seed);
    float[][] queries = data.queries(1_000);
    try (MutableVectorIndex index = HnswIndex.create(config())) {
      long[] live = new long[LIVE];
      float[][] first = new float[LIVE][];
      for (int i = 0; i < LIVE; i++) {
        live[i] = i;
        first[i] = row(data, i);
      }
      index.addAll(VectorSource.of(first), BulkOptions.defaults().threads(2));
      long bytes = index.stats().footprint().totalBytes();
      long halfTimeBytes = bytes;
      int next = LIVE;
      for (int generation = 0; generation < GENERATIONS; generation++) {
        long[] places = TestVectors.shuffledIds(LIVE, seed + generation);
        long[] leaving = new long[CHANGED];
        long[] coming = new long[CHANGED];
        float[][] vectors = new float[CHANGED][];
        for (int i = 0; i < CHANGED; i++) {
          leaving[i] = live[(int) places[i]];
          coming[i] = next;
          vectors[i] = row(data, next++);
          live[(int) places[i]] = churn.keepsIds() ? leaving[i] : coming[i];
        }
        churn.generation(index, leaving, coming, vectors);
        if (generation == GENERATIONS / 2) {
          halfTimeBytes = index.stats().footprint().totalBytes();
        }
        assertThat(index.size()).isEqualTo(LIVE);
        assertThat(index.stats().reusableRows()).isLessThanOrEqualTo(3 * CHANGED);
      }
      assertThat(index.ids()).containsExactly(Arrays.stream(live).sorted().toArray());
      assertThat(index.stats().footprint().totalBytes())
          .as("bytes after all generations, at first %s, at half time %s", bytes, halfTimeBytes)
          .isLessThan((long) (GROWN_ONCE * bytes))
          .isLessThan(halfTimeBytes + halfTimeBytes / 20);

      double fresh = recallOfFreshBuild(index, queries);
      assertThat(fresh)
          .as("recall of a fresh build, which must have room to fall")
          .isBetween(0.9, 0.985);
      assertThat(recall(index, queries)).isGreaterThanOrEqualTo(fresh - MOST_LOST);
      ReliabilityRig.assertSavedSound(index, folder.resolve("index"));
      index.compact();
      assertThat(recall(index, queries)).as("compacted").isGreaterThanOrEqualTo(fresh - MOST_LOST);
      assertThat(index.stats().reusableRows()).isZero();
      assertThat(index.stats().footprint().totalBytes()).isLessThan(bytes + bytes / 20);
    }
  }

  private static float[] row(ClusteredVectors data, int number) {
    float[] row = new float[DIMENSION];
    data.copy(number, row);
    return row;
  }
}
