package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.support.Seeds;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What float32 distances promise, on the heap and mapped. */
class Float32DistancesTest {
  private static final int ROWS = 40;
  private static final int[] ALL = IntStream.range(0, ROWS).toArray();

  /** A check of the distances between all pairs of some vectors. */
  private interface PairCheck {
    void check(float[][] vectors, float[][] distances);
  }

  /** Vectors of any scale; some equal, some scaled or turned around, some almost equal. */
  private static float[][] vectors(SplittableRandom random) {
    int dimension = random.nextInt(1, 260);
    float[][] vectors = new float[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      float[] vector = Float32Stores.vector(random, dimension);
      if (i > 0 && random.nextInt(3) == 0) {
        float[] other = vectors[random.nextInt(i)];
        float factor = new float[] {1, 2, -1, -0.5f, 1.0000001f}[random.nextInt(5)];
        for (int j = 0; j < dimension; j++) {
          vector[j] = other[j] * factor;
        }
      }
      vector[random.nextInt(dimension)] += 0x1p-40f;
      vectors[i] = vector;
    }
    return vectors;
  }

  private static void forAllPairs(Metric metric, PairCheck check) {
    Seeds.run(
        30,
        random -> {
          float[][] vectors = vectors(random);
          try (Arena arena = Arena.ofShared()) {
            for (EncodedVectors store : Float32Stores.of(arena, metric, vectors)) {
              QueryScorer scorer = store.scorer();
              float[][] distances = new float[ROWS][ROWS];
              for (int i = 0; i < ROWS; i++) {
                if (random.nextBoolean()) {
                  scorer.row(i);
                } else {
                  scorer.query(vectors[i]);
                }
                scorer.score(ALL, 0, ROWS, distances[i]);
              }
              check.check(vectors, distances);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void theDistanceFromAToBIsThatFromBToABitForBit(Metric metric) {
    forAllPairs(
        metric,
        (vectors, distances) -> {
          for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < i; j++) {
              assertThat(Float.floatToRawIntBits(distances[i][j]))
                  .isEqualTo(Float.floatToRawIntBits(distances[j][i]));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "COSINE"})
  void aVectorIsAtDistanceExactlyZeroFromItselfAndItsCopies(Metric metric) {
    forAllPairs(
        metric,
        (vectors, distances) -> {
          for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
              if (Arrays.equals(vectors[i], vectors[j])) {
                assertThat(Float.floatToRawIntBits(distances[i][j])).isZero();
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void noDistanceIsNotANumberOrOutOfItsRange(Metric metric) {
    forAllPairs(
        metric,
        (vectors, distances) -> {
          for (float[] row : distances) {
            for (float distance : row) {
              switch (metric) {
                case L2 -> assertThat(distance).isGreaterThanOrEqualTo(0f);
                case INNER_PRODUCT -> assertThat(distance).isFinite();
                case COSINE -> assertThat(distance).isBetween(0f, 2f);
              }
            }
          }
        });
  }

  /** The kernel's error for a product and for each of two norms, and two roundings to float. */
  @Test
  void theErrorOfACosineIsWithinABound() {
    forAllPairs(
        Metric.COSINE,
        (vectors, distances) -> {
          double roundings = Math.ceilDiv(vectors[0].length, 16) + 4;
          double bound = (2 * roundings + 2.1) * 0x1p-24;
          for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
              assertThat((double) distances[i][j])
                  .isBetween(
                      exact(vectors[i], vectors[j]) - bound, exact(vectors[i], vectors[j]) + bound);
            }
          }
        });
  }

  private static double exact(float[] a, float[] b) {
    double product = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      normA += (double) a[i] * a[i];
      normB += (double) b[i] * b[i];
    }
    return 1 - product / (Math.sqrt(normA) * Math.sqrt(normB));
  }

  @Test
  void oppositeVectorsAreAtCosineDistanceTwoWhateverTheirLength() {
    float[] vector = {3, -4, 5, 1e-3f};
    float[] opposite = {-6e15f, 8e15f, -10e15f, -2e12f};
    float[] across = {4, 3, 0, 0};
    try (Arena arena = Arena.ofShared()) {
      float[][] vectors = {vector, opposite, across};
      for (EncodedVectors store : Float32Stores.of(arena, Metric.COSINE, vectors)) {
        QueryScorer scorer = store.scorer();
        float[] out = new float[3];
        scorer.row(0);
        scorer.score(new int[] {0, 1, 2}, 0, 3, out);
        assertThat(out).containsExactly(0, 2, 1);
      }
    }
  }

  @Test
  void farApartVectorsAreAtInfiniteSquaredDistance() {
    try (Arena arena = Arena.ofShared()) {
      float[][] vectors = {{1.8e19f, 0}, {-1.8e19f, 0}};
      for (EncodedVectors store : Float32Stores.of(arena, Metric.L2, vectors)) {
        QueryScorer scorer = store.scorer();
        float[] out = new float[2];
        scorer.row(0);
        scorer.score(new int[] {0, 1}, 0, 2, out);
        assertThat(out).containsExactly(0, Float.POSITIVE_INFINITY);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodingGivesTheVectorBack(Metric metric) {
    Seeds.run(
        10,
        random -> {
          float[][] vectors = vectors(random);
          try (Arena arena = Arena.ofShared()) {
            for (EncodedVectors store : Float32Stores.of(arena, metric, vectors)) {
              for (int i = 0; i < ROWS; i++) {
                float[] decoded = new float[vectors[i].length];
                store.decode(i, decoded);
                assertThat(decoded).isEqualTo(vectors[i]);
              }
            }
          }
        });
  }

  @Test
  void memoryIsWhatTheEncodingForetells() {
    for (Metric metric : Metric.values()) {
      Float32Vectors store = Float32Encoding.INSTANCE.newVectors(100, metric);
      store.ensureCapacity(1000);
      long expected = 1000 * (4 * 112 + (metric == Metric.COSINE ? 8 : 0));
      assertThat(store.bytes()).isEqualTo(expected);
      assertThat(Float32Encoding.INSTANCE.bytes(100, metric, 1000)).isEqualTo(expected);
    }
  }
}
