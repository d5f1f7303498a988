package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.Metric;
import dev.kith.internal.simd.Kernels;
import dev.kith.support.Seeds;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Estimates from codes of one to eight bits against exact distances. */
class RaBitQVectorsTest {
  private static final int ROWS = 200;
  private static final int QUERIES = 20;
  private static final int[] ALL = IntStream.range(0, ROWS).toArray();

  /** What estimates of one number of bits are like. */
  private record Errors(double mean, double deviation, double below, double margin) {}

  private static float[][] vectors(SplittableRandom random, int count, int dimension) {
    float[][] vectors = new float[count][dimension];
    for (float[] vector : vectors) {
      double scale = random.nextDouble(0.5, 2);
      for (int i = 0; i < dimension; i++) {
        vector[i] = (float) (scale * (random.nextGaussian() + 0.3));
      }
    }
    return vectors;
  }

  /** Errors in units of the product of the norms, which is what they are proportional to. */
  private static Errors errors(SplittableRandom random, int dimension, Metric metric, int bits) {
    float[][] vectors = vectors(random, ROWS, dimension);
    QueryScorer exact = CodedRowsTest.rows(Float32Encoding.INSTANCE, metric, vectors).scorer();
    RaBitQVectors rows = new RaBitQEncoding(bits).newVectors(dimension, metric);
    rows.ensureCapacity(ROWS);
    for (int i = 0; i < ROWS; i++) {
      rows.set(i, vectors[i]);
    }
    BoundScorer scorer = rows.scorer();
    float[] expected = new float[ROWS];
    float[] estimates = new float[ROWS];
    float[] lower = new float[ROWS];
    double sum = 0;
    double squares = 0;
    double margins = 0;
    int below = 0;
    for (float[] query : vectors(random, QUERIES, dimension)) {
      exact.query(query);
      exact.score(ALL, 0, ROWS, expected);
      scorer.query(query);
      scorer.score(ALL, 0, ROWS, estimates, lower);
      float[] alone = new float[ROWS];
      scorer.score(ALL, 0, ROWS, alone);
      assertThat(estimates).isEqualTo(alone);
      for (int i = 0; i < ROWS; i++) {
        double unit =
            switch (metric) {
              case L2 -> 2 * norm(query) * norm(vectors[i]);
              case INNER_PRODUCT -> norm(query) * norm(vectors[i]);
              case COSINE -> 1;
            };
        double error = (estimates[i] - expected[i]) / unit;
        sum += error;
        squares += error * error;
        margins += (estimates[i] - lower[i]) / unit;
        below += expected[i] < lower[i] ? 1 : 0;
      }
    }
    double count = ROWS * QUERIES;
    return new Errors(sum / count, Math.sqrt(squares / count), below / count, margins / count);
  }

  private static double norm(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    return Math.sqrt(squares);
  }

  @ParameterizedTest
  @EnumSource
  void estimatesAreUnbiasedAndWithinTheirBoundAndBetterWithEachBit(Metric metric) {
    Seeds.run(
        2,
        random -> {
          for (int dimension : new int[] {128, 384}) {
            double last = Double.POSITIVE_INFINITY;
            for (int bits = 1; bits <= 8; bits++) {
              Errors errors = errors(random, dimension, metric, bits);
              String what = bits + " bits, dimension " + dimension + ": " + errors;
              // 20 queries and 200 rows are hardly 4,000 independent errors
              assertThat(Math.abs(errors.mean)).as(what).isLessThan(errors.deviation / 4);
              assertThat(errors.below).as("share below the bound, " + what).isLessThan(0.06);
              assertThat(errors.margin).as(what).isBetween(errors.deviation, 5 * errors.deviation);
              // the query's own levels count for the last bits
              double factor = bits < 7 ? 0.65 : 0.8;
              assertThat(errors.deviation).as(what).isLessThan(factor * last);
              last = errors.deviation;
            }
            assertThat(last).isLessThan(0.012 / Math.sqrt(dimension));
          }
        });
  }

  @Test
  void decodingGivesAVectorThatIsNearerWithEachBit() {
    Seeds.run(
        2,
        random -> {
          for (Metric metric : Metric.values()) {
            for (int dimension : new int[] {3, 100, 384}) {
              float[] vector = vectors(random, 1, dimension)[0];
              double last = norm(vector);
              for (int bits = 1; bits <= 8; bits++) {
                RaBitQVectors rows = new RaBitQEncoding(bits).newVectors(dimension, metric);
                rows.ensureCapacity(1);
                rows.set(0, vector);
                float[] decoded = new float[dimension];
                rows.decode(0, decoded);
                for (int i = 0; i < dimension; i++) {
                  decoded[i] -= vector[i];
                }
                assertThat(norm(decoded)).as("%s bits of %s", bits, dimension).isLessThan(last);
                last = dimension < 64 ? norm(vector) : 0.85 * norm(decoded);
              }
              assertThat(last).isLessThan(norm(vector) * (dimension < 64 ? 1.1 : 0.02));
            }
          }
        });
  }

  /** Under L2 the row brings its own norm; under COSINE the decoded vector is not lengthened. */
  @ParameterizedTest
  @EnumSource
  void distancesBetweenRowsAreThoseFromTheDecodedVector(Metric metric) {
    int dimension = 192;
    int row = 17;
    Seeds.run(
        2,
        random -> {
          float[][] vectors = vectors(random, ROWS, dimension);
          for (int bits = 2; bits <= 8; bits++) {
            RaBitQVectors rows = new RaBitQEncoding(bits).newVectors(dimension, metric);
            rows.ensureCapacity(ROWS);
            for (int i = 0; i < ROWS; i++) {
              rows.set(i, vectors[i]);
            }
            QueryScorer scorer = rows.scorer();
            float[] byRow = new float[ROWS];
            scorer.row(row);
            scorer.score(ALL, 0, ROWS, byRow);
            float[] decoded = new float[dimension];
            rows.decode(row, decoded);
            float[] byVector = new float[ROWS];
            scorer.query(decoded);
            scorer.score(ALL, 0, ROWS, byVector);
            double norm = norm(vectors[row]);
            double shorter = norm(decoded) / norm;
            for (int i = 0; i < ROWS; i++) {
              double expected =
                  switch (metric) {
                    case L2 -> byVector[i] + norm * norm * (1 - shorter * shorter);
                    case INNER_PRODUCT -> byVector[i];
                    case COSINE -> 1 - shorter * (1 - byVector[i]);
                  };
              double unit = metric == Metric.COSINE ? 1 : norm * norm(vectors[i]);
              if (i != row) { // which is cut off at zero
                assertThat((double) byRow[i])
                    .as("%s bits, row %s", bits, i)
                    .isCloseTo(expected, within(0.01 * unit));
              }
            }
            if (metric != Metric.INNER_PRODUCT) {
              assertThat((double) byRow[row]).isCloseTo(0, within(1e-5 * norm * norm));
            }
          }
        });
  }

  @Test
  void aRotationCanBeTakenBack() {
    SplittableRandom random = new SplittableRandom(3);
    for (int size : new int[] {64, 128, 192, 384, 832, 1536}) {
      Rotation rotation = new Rotation(size, Kernels.active().transforms());
      float[] vector = vectors(random, 1, size)[0];
      float[] back = vector.clone();
      rotation.apply(back);
      assertThat(norm(back)).isCloseTo(norm(vector), within(1e-4 * norm(vector)));
      rotation.invert(back);
      assertThat(back).usingComparatorWithPrecision(1e-4f).containsExactly(vector);
    }
  }

  @Test
  void planesHoldTheLevels() {
    SplittableRandom random = new SplittableRandom(4);
    for (int planes = 1; planes <= 8; planes++) {
      byte[] levels = new byte[192];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (byte) random.nextInt(1 << planes);
      }
      long[] split = random.longs(2 + 3 * planes).toArray();
      BitPlanes.split(levels, planes, split, 2);
      for (int i = 0; i < levels.length; i++) {
        assertThat(BitPlanes.level(split, 2, 3, planes, i)).isEqualTo(levels[i] & 0xFF);
      }
    }
  }

  @Test
  void theNumberOfBitsIsChecked() {
    for (int bits : new int[] {0, 9, -1}) {
      assertThatThrownBy(() -> new RaBitQEncoding(bits))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("bits: " + bits + ", expected 1 to 8");
    }
  }
}
