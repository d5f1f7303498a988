package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.Metric;
import dev.kith.eval.ClusteredVectors;
import dev.kith.support.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of one and two bits against exact distances. */
class RaBitQTest {
  private static final int SLOTS = 8;

  private static Stream<Arguments> metricsAndBits() {
    return Stream.of(Metric.values())
        .flatMap(metric -> Stream.of(Arguments.of(metric, 1), Arguments.of(metric, 2)));
  }

  private static float[] exact(Metric metric, float[] query, float[]... vectors) {
    GrowableVectors rows = Float32Encoding.INSTANCE.newVectors(query.length, metric);
    rows.ensureCapacity(vectors.length);
    int[] ordinals = new int[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      rows.set(i, vectors[i]);
      ordinals[i] = i;
    }
    QueryScorer scorer = rows.scorer();
    scorer.query(query);
    float[] distances = new float[vectors.length];
    scorer.score(ordinals, 0, vectors.length, distances);
    return distances;
  }

  private static long[] block(BlockEncoding encoding, float[] context, float[][] vectors) {
    long[] block = new long[encoding.blockLongs()];
    BlockEncoder encoder = encoding.encoder();
    encoder.context(context);
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slot < vectors.length) {
        encoder.encode(vectors[slot], block, 0, slot);
      } else {
        encoding.clear(block, 0, slot);
      }
    }
    return block;
  }

  private static float[] vector(SplittableRandom random, int dimension, float around) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = around + (float) random.nextGaussian();
    }
    return vector;
  }

  /** Estimates of many distances, as shares of their mean. */
  private record Errors(double bias, double deviation) {
    static Errors of(
        SplittableRandom random, BlockEncoding encoding, int dimension, Metric metric) {
      BlockScorer scorer = encoding.scorer();
      float[] estimates = new float[SLOTS];
      double error = 0;
      double squared = 0;
      double scale = 0;
      int blocks = 60;
      for (int i = 0; i < blocks; i++) {
        float[] context = vector(random, dimension, 0.5f);
        float[] query = vector(random, dimension, 0.5f);
        float[][] vectors = new float[SLOTS][];
        for (int slot = 0; slot < SLOTS; slot++) {
          vectors[slot] = vector(random, dimension, 0.5f);
        }
        long[] block = block(encoding, context, vectors);
        scorer.query(query);
        float base = exact(metric, query, context)[0];
        int below = scorer.score(block, 0, base, Float.POSITIVE_INFINITY, estimates);
        assertThat(below).isEqualTo(0xFF);
        float[] distances = exact(metric, query, vectors);
        for (int slot = 0; slot < SLOTS; slot++) {
          double wrong = estimates[slot] - distances[slot];
          error += wrong;
          squared += wrong * wrong;
          scale += Math.abs(metric == Metric.INNER_PRODUCT ? dimension : distances[slot]);
        }
      }
      int count = blocks * SLOTS;
      return new Errors(error / scale, Math.sqrt(squared / count) / (scale / count));
    }
  }

  /** The error of an estimate grows with the root of the dimension less than the distance does. */
  @ParameterizedTest
  @MethodSource("metricsAndBits")
  void estimatesAreUnbiasedAndNear(Metric metric, int bits) {
    Seeds.run(
        3,
        random -> {
          for (int dimension : new int[] {64, 100, 384, 784}) {
            Errors errors =
                Errors.of(random, new RaBitQ(dimension, metric, bits), dimension, metric);
            double root = Math.sqrt(dimension);
            assertThat(errors.deviation).as("of %s", dimension).isLessThan(2.5 / bits / root);
            assertThat(Math.abs(errors.bias))
                .as("bias of %s", dimension)
                .isLessThan(0.5 / bits / root);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aSecondBitHalvesTheError(Metric metric) {
    Seeds.run(
        3,
        random -> {
          for (int dimension : new int[] {128, 200, 784}) {
            Errors one = Errors.of(random, new RaBitQ(dimension, metric, 1), dimension, metric);
            Errors two = Errors.of(random, new RaBitQ(dimension, metric, 2), dimension, metric);
            assertThat(two.deviation / one.deviation).as("of %s", dimension).isBetween(0.38, 0.62);
          }
        });
  }

  @Test
  void oneBitUnlessToldOtherwise() {
    assertThat(new RaBitQ(65, Metric.L2).bits()).isEqualTo(1);
    assertThat(new RaBitQ(65, Metric.L2, 2).bits()).isEqualTo(2);
    assertThat(new RaBitQ(65, Metric.L2).blockLongs()).isEqualTo(8 * 2 + 8);
    assertThat(new RaBitQ(65, Metric.L2, 2).blockLongs()).isEqualTo(8 * 4 + 8);
    assertThat(RaBitQ.blockLongs(65, 2)).isEqualTo(8 * 4 + 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3})
  void otherNumbersOfBitsAreRefused(int bits) {
    assertThatThrownBy(() -> new RaBitQ(10, Metric.L2, bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bits must be 1 or 2, not " + bits);
  }

  @ParameterizedTest
  @MethodSource("metricsAndBits")
  void aCopyOfTheContextIsAsFarAsTheContext(Metric metric, int bits) {
    float[] context = {1, 2, 3, -4, 5};
    BlockEncoding encoding = new RaBitQ(5, metric, bits);
    long[] block = block(encoding, context, new float[][] {{7, 7, 7, 7, 7}, context.clone()});
    BlockScorer scorer = encoding.scorer();
    scorer.query(new float[] {2, -1, 0, 1, 3});
    float[] estimates = new float[SLOTS];
    int below = scorer.score(block, 0, 0.625f, Float.POSITIVE_INFINITY, estimates);

    assertThat(below).as("slots in use").isEqualTo(0b11);
    assertThat(estimates[1]).isEqualTo(0.625f);
  }

  @ParameterizedTest
  @MethodSource("metricsAndBits")
  void onlyEstimatesBelowTheBoundCount(Metric metric, int bits) {
    ClusteredVectors data = ClusteredVectors.of(9, 70, 3);
    float[][] vectors = new float[9][70];
    for (int i = 0; i < 9; i++) {
      data.copy(i, vectors[i]);
    }
    BlockEncoding encoding = new RaBitQ(70, metric, bits);
    long[] block = block(encoding, vectors[8], Arrays.copyOf(vectors, SLOTS));
    BlockScorer scorer = encoding.scorer();
    scorer.query(vectors[0]);
    float[] estimates = new float[SLOTS];
    scorer.score(block, 0, 1, Float.POSITIVE_INFINITY, estimates);
    float[] sorted = estimates.clone();
    Arrays.sort(sorted);
    float bound = sorted[4];
    float[] again = new float[SLOTS];
    int below = scorer.score(block, 0, 1, bound, again);

    assertThat(again).isEqualTo(estimates);
    for (int slot = 0; slot < SLOTS; slot++) {
      assertThat((below >> slot & 1) == 1).isEqualTo(estimates[slot] < bound);
    }
  }

  @ParameterizedTest
  @MethodSource("metricsAndBits")
  void aCopiedSlotScoresAsTheOriginal(Metric metric, int bits) {
    SplittableRandom random = new SplittableRandom(5);
    BlockEncoding encoding = new RaBitQ(130, metric, bits);
    float[] context = vector(random, 130, 0);
    float[][] vectors = {vector(random, 130, 0), vector(random, 130, 0), vector(random, 130, 0)};
    long[] block = block(encoding, context, vectors);
    long[] other = random.longs(encoding.blockLongs() + 3).toArray();
    long[] before = other.clone();
    for (int slot = 0; slot < SLOTS; slot++) {
      encoding.clear(other, 3, slot);
    }
    encoding.copy(block, 0, 2, other, 3, 5);
    encoding.copy(block, 0, 1, other, 3, 0);
    BlockScorer scorer = encoding.scorer();
    scorer.query(vector(random, 130, 0));
    float[] expected = new float[SLOTS];
    float[] estimates = new float[SLOTS];
    scorer.score(block, 0, 2, Float.POSITIVE_INFINITY, expected);

    assertThat(scorer.score(other, 3, 2, Float.POSITIVE_INFINITY, estimates)).isEqualTo(0b100001);
    assertThat(estimates[5]).isEqualTo(expected[2]);
    assertThat(estimates[0]).isEqualTo(expected[1]);
    assertThat(Arrays.copyOf(other, 3)).isEqualTo(Arrays.copyOf(before, 3));
  }

  @ParameterizedTest
  @MethodSource("metricsAndBits")
  void theZeroContextIsAsFarAsItSays(Metric metric, int bits) {
    SplittableRandom random = new SplittableRandom(6);
    float[] query = vector(random, 200, 0);
    BlockScorer scorer = new RaBitQ(200, metric, bits).scorer();
    scorer.query(query);
    float expected =
        switch (metric) {
          case L2 -> exact(metric, query, new float[200])[0];
          case INNER_PRODUCT -> 0;
          case COSINE -> 0.5f;
        };
    assertThat(scorer.baseOfZero())
        .isCloseTo(expected, org.assertj.core.api.Assertions.withinPercentage(0.01));
  }
}
