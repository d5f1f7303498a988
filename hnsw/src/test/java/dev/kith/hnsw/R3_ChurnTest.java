package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.IdSet;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R3: generations of removals and additions cost neither recall nor memory, whatever the share that
 * changes at once and whether it lies scattered or close together. The beam is narrow enough for
 * recall to have room to fall.
 */
class R3_ChurnTest {
  private static final int DIMENSION = 24;
  private static final int LIVE = ReliabilityRig.LONG ? 50_000 : 5_000;
  private static final int GENERATIONS = ReliabilityRig.LONG ? 200 : 10;
  private static final int EF_SEARCH = 24;
  private static final int EF_SEARCH_WITH_CODES = 45;
  private static final double MOST_LOST = 0.01;

  /** Room for single additions is made by half of what there is; for churn, once is enough. */
  private static final double GROWN_ONCE = 1.6;

  @TempDir private Path folder;
  private int codeBits = 0;
  private int efSearch = EF_SEARCH;

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

  private HnswConfig config() {
    return HnswConfig.builder(DIMENSION, Metric.L2).codeBits(codeBits).build();
  }

  private double recall(VectorIndex index, float[][] queries) {
    return ReliabilityRig.recall(index, queries, efSearch);
  }

  private double recallOfFreshBuild(VectorIndex index, float[][] queries) {
    long[] ids = index.ids();
    float[][] vectors = Arrays.stream(ids).mapToObj(index::vector).toArray(float[][]::new);
    try (VectorIndex fresh = ReliabilityRig.holding(config(), VectorSource.of(ids, vectors))) {
      return recall(fresh, queries);
    }
  }

  /** Which vectors leave together. */
  enum Leaving {
    SCATTERED,
    CLOSE_TOGETHER;

    /** Their places in the list of live ids. */
    long[] places(MutableVectorIndex index, long[] live, int count, long seed) {
      long[] shuffled = TestVectors.shuffledIds(live.length, seed);
      if (this == SCATTERED) {
        return Arrays.copyOf(shuffled, count);
      }
      float[] centre = index.vector(live[(int) shuffled[0]]);
      IdSet nearest =
          IdSet.of(ReliabilityRig.truth(index, new float[][] {centre}, count, null).ids(0));
      return IntStream.range(0, live.length)
          .filter(place -> nearest.accepts(live[place]))
          .asLongStream()
          .toArray();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fiveInAHundredAtATime(Churn churn, @Seed long seed) throws IOException {
    recallAndMemoryStayThoseOfAFreshBuild(churn, Leaving.SCATTERED, GENERATIONS, LIVE / 20, seed);
  }

  @ParameterizedTest
  @CsvSource({
    "50, 2, SCATTERED",
    "20, 10, SCATTERED",
    "5, 50, SCATTERED",
    "20, 5, CLOSE_TOGETHER",
    "3, 30, CLOSE_TOGETHER"
  })
  void anyShareAtATime(int generations, int percent, Leaving leaving, @Seed long seed)
      throws IOException {
    recallAndMemoryStayThoseOfAFreshBuild(
        Churn.REMOVE_THEN_ADD, leaving, generations, LIVE / 100 * percent, seed);
  }

  /** Codes of so few dimensions tell little, so the shortlist is long. */
  @ParameterizedTest
  @EnumSource(names = {"REMOVE_THEN_ADD", "IN_BULK"})
  void withCodes(Churn churn, @Seed long seed) throws IOException {
    codeBits = 1;
    efSearch = EF_SEARCH_WITH_CODES;
    recallAndMemoryStayThoseOfAFreshBuild(churn, Leaving.SCATTERED, GENERATIONS, LIVE / 20, seed);
  }

  private void recallAndMemoryStayThoseOfAFreshBuild(
      Churn churn, Leaving how, int generations, int changed, long seed) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(LIVE + generations * changed, DIMENSION, seed);
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
      for (int generation = 0; generation < generations; generation++) {
        long[] places = how.places(index, live, changed, seed + generation);
        long[] leaving = new long[changed];
        long[] coming = new long[changed];
        float[][] vectors = new float[changed][];
        for (int i = 0; i < changed; i++) {
          leaving[i] = live[(int) places[i]];
          coming[i] = next;
          vectors[i] = row(data, next++);
          live[(int) places[i]] = churn.keepsIds() ? leaving[i] : coming[i];
        }
        churn.generation(index, leaving, coming, vectors);
        if (generation == generations / 2) {
          halfTimeBytes = index.stats().footprint().totalBytes();
        }
        assertThat(index.size()).isEqualTo(LIVE);
        assertThat(index.stats().reusableRows()).isLessThanOrEqualTo(3 * changed);
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
