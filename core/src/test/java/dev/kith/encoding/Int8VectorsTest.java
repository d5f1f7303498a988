package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.support.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What distances between vectors of bytes promise. */
class Int8VectorsTest {
  private static final int ROWS = 30;
  private static final int[] ALL = IntStream.range(0, ROWS).toArray();

  private static float[][] vectors(SplittableRandom random) {
    int dimension = random.nextInt(1, 300);
    float[][] vectors = new float[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      boolean copy = i > 0 && random.nextInt(4) == 0;
      vectors[i] = copy ? vectors[random.nextInt(i)] : Float32Stores.vector(random, dimension);
    }
    return vectors;
  }

  @ParameterizedTest
  @EnumSource
  void distancesAreSymmetricAndThoseOfQueriesAndRowsTheSame(Metric metric) {
    Seeds.run(
        20,
        random -> {
          float[][] vectors = vectors(random);
          QueryScorer scorer = CodedRowsTest.rows(Int8Encoding.INSTANCE, metric, vectors).scorer();
          float[][] distances = new float[ROWS][ROWS];
          float[] ofRow = new float[ROWS];
          for (int i = 0; i < ROWS; i++) {
            scorer.query(vectors[i]);
            scorer.score(ALL, 0, ROWS, distances[i]);
            scorer.row(i);
            scorer.score(ALL, 0, ROWS, ofRow);
            assertThat(ofRow).isEqualTo(distances[i]);
            for (int j = 0; j <= i; j++) {
              assertThat(distances[i][j]).isEqualTo(distances[j][i]);
              if (metric != Metric.INNER_PRODUCT && Arrays.equals(vectors[i], vectors[j])) {
                assertThat(distances[i][j]).isZero();
              }
            }
          }
        });
  }

  /** Each component of a vector is off by half a level at most, and so is a query's. */
  @ParameterizedTest
  @EnumSource
  void distancesAreThoseOfTheDecodedVectors(Metric metric) {
    Seeds.run(
        20,
        random -> {
          float[][] vectors = vectors(random);
          GrowableVectors rows = CodedRowsTest.rows(Int8Encoding.INSTANCE, metric, vectors);
          float[][] decoded = new float[ROWS][vectors[0].length];
          for (int i = 0; i < ROWS; i++) {
            rows.decode(i, decoded[i]);
            float largest = 0;
            for (float component : vectors[i]) {
              largest = Math.max(largest, Math.abs(component));
            }
            for (int c = 0; c < decoded[i].length; c++) {
              assertThat(Math.abs(decoded[i][c] - vectors[i][c]))
                  .isLessThanOrEqualTo(largest / 254 * 1.0001f);
            }
          }
          QueryScorer scorer = rows.scorer();
          float[] out = new float[ROWS];
          for (int i = 0; i < ROWS; i++) {
            scorer.query(vectors[i]);
            scorer.score(ALL, 0, ROWS, out);
            for (int j = 0; j < ROWS; j++) {
              assertNear(metric, out[j], decoded[i], decoded[j]);
            }
          }
        });
  }

  private static void assertNear(Metric metric, float distance, float[] a, float[] b) {
    double product = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      normA += (double) a[i] * a[i];
      normB += (double) b[i] * b[i];
    }
    double root = Math.sqrt(normA * normB);
    double expected =
        switch (metric) {
          case L2 -> normA + normB - 2 * product;
          case INNER_PRODUCT -> -product;
          case COSINE -> 1 - product / root;
        };
    double scale = metric == Metric.COSINE ? 1 : normA + normB + root;
    assertThat((double) distance).isBetween(expected - 1e-6 * scale, expected + 1e-6 * scale);
  }

  @Test
  void farApartVectorsAreAtInfiniteSquaredDistance() {
    float[][] vectors = {{1.8e19f, 0}, {-1.8e19f, 0}};
    QueryScorer scorer = CodedRowsTest.rows(Int8Encoding.INSTANCE, Metric.L2, vectors).scorer();
    float[] out = new float[2];
    scorer.row(0);
    scorer.score(ALL, 0, 2, out);
    assertThat(out).containsExactly(0, Float.POSITIVE_INFINITY);
  }
}
