package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernels of codes and of rotations give the same bits as the scalar ones, whatever the
 * numbers.
 */
class S0_CodeKernelsTest {
  private static final KernelSet ACTIVE = Kernels.active();
  private static final KernelSet SCALAR = Kernels.scalar();
  private static final int[] WORDS = {1, 2, 3, 5, 6, 12, 13, 24};

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]); // any NaN is as good as another
    }
    return bits;
  }

  @Test
  void estimatesHaveTheSameBits() {
    Seeds.run(
        50,
        random -> {
          for (int words : WORDS) {
            int bits = 1 + random.nextInt(2);
            int offset = random.nextInt(9);
            int factors = offset + 8 * bits * words;
            long[] codes = random.longs(factors + 8).toArray();
            setFactors(codes, factors, random);
            long[] planes = random.longs(4L * words).toArray();
            FloatKind kind = FloatKind.any(random);
            float step = Math.abs(kind.next(random));
            float centre = (2 * bits - 1) * 15 * 64 * words * step;
            float base = kind.next(random);
            float bound = random.nextInt(3) == 0 ? Float.POSITIVE_INFINITY : kind.next(random);
            float[] expected = new float[8];
            float[] estimates = new float[8];

            int mask =
                SCALAR
                    .codes()
                    .estimate(
                        codes, offset, words, bits, planes, step, centre, base, bound, expected);
            int active =
                ACTIVE
                    .codes()
                    .estimate(
                        codes, offset, words, bits, planes, step, centre, base, bound, estimates);

            assertThat(active).isEqualTo(mask);
            assertThat(bits(estimates)).isEqualTo(bits(expected));
          }
        });
  }

  /** Addends and factors as floats of every kind; some slots are empty. */
  private static void setFactors(long[] codes, int at, SplittableRandom random) {
    for (int i = 0; i < 8; i++) {
      int low = Float.floatToRawIntBits(FloatKind.any(random).next(random));
      boolean empty = i < 4 && random.nextInt(4) == 0;
      float upper = empty ? Float.POSITIVE_INFINITY : FloatKind.any(random).next(random);
      codes[at + i] = (long) Float.floatToRawIntBits(upper) << 32 | (low & 0xffff_ffffL);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anEstimateIsTheInnerProductOfQueryAndCode(int bits) {
    SplittableRandom random = new SplittableRandom(1);
    int words = 3;
    float[] query = FloatKind.UNIT.vector(random, 64 * words);
    float step = 0.85f / 15;
    long[] planes = new long[4 * words];
    SCALAR.codes().planes(query, 0.5f / step, planes);
    long[] block = new long[8 * bits * words + 8];
    float[] code = new float[query.length];
    for (int bit = bits - 1; bit >= 0; bit--) {
      float[] vector = FloatKind.UNIT.vector(random, query.length);
      SCALAR.codes().signs(vector, block, 8 * words * (bits - 1 - bit) + 5);
      for (int i = 0; i < code.length; i++) {
        code[i] += Math.copySign(1 << bit, vector[i]);
      }
    }
    int factorOfSlot5 = 8 * bits * words + 4 + 2;
    block[factorOfSlot5] = (long) Float.floatToRawIntBits(1) << 32;
    float[] estimates = new float[8];
    float centre = (2 * bits - 1) * 15 * step * query.length;

    SCALAR.codes().estimate(block, 0, words, bits, planes, step, centre, 0, 1, estimates);

    double product = 0;
    double mostWrong = 0;
    for (int i = 0; i < query.length; i++) {
      float clipped = Math.max(-15 * step, Math.min(15 * step, query[i]));
      product += code[i] * clipped;
      mostWrong += Math.abs(code[i]) * step;
    }
    assertThat((double) estimates[5]).isBetween(product - mostWrong, product + mostWrong);
    assertThat(Math.abs(estimates[5] - product)).isLessThan(mostWrong / 8);
  }

  @Test
  void planesAndSignsHaveTheSameBits() {
    Seeds.run(
        50,
        random -> {
          for (int words : WORDS) {
            FloatKind kind = FloatKind.any(random);
            float[] vector = kind.vector(random, 64 * words);
            float largest = 0;
            for (float component : vector) {
              largest = Math.max(largest, Math.abs(component));
            }
            float levels = 7.5f / Math.max(0.85f * largest, Float.MIN_NORMAL);
            long[] expected = new long[4 * words];
            long[] planes = new long[4 * words];
            SCALAR.codes().planes(vector, levels, expected);
            ACTIVE.codes().planes(vector, levels, planes);
            assertThat(planes).isEqualTo(expected);

            long[] signsExpected = new long[8 * words + 3];
            long[] signs = new long[8 * words + 3];
            SCALAR.codes().signs(vector, signsExpected, 3);
            ACTIVE.codes().signs(vector, signs, 3);
            assertThat(signs).isEqualTo(signsExpected);
          }
        });
  }

  @Test
  void transformsHaveTheSameBits() {
    Seeds.run(
        20,
        random -> {
          for (int count : new int[] {64, 128, 256, 512, 1024}) {
            int from = 64 * random.nextInt(3);
            float[] expected = FloatKind.any(random).vector(random, from + count + 64);
            float[] vector = expected.clone();
            SCALAR.transforms().hadamard(expected, from, count);
            ACTIVE.transforms().hadamard(vector, from, count);
            assertThat(bits(vector)).isEqualTo(bits(expected));
            SCALAR.transforms().mixHalves(expected, count / 2, 0.7f);
            ACTIVE.transforms().mixHalves(vector, count / 2, 0.7f);
            assertThat(bits(vector)).isEqualTo(bits(expected));
          }
        });
  }

  @Test
  void theTransformIsThatOfTheMatrix() {
    float[] vector = new float[64];
    vector[5] = 1;
    SCALAR.transforms().hadamard(vector, 0, 64);
    float[] column = new float[64];
    for (int i = 0; i < 64; i++) {
      column[i] = Integer.bitCount(i & 5) % 2 == 0 ? 1 : -1;
    }
    assertThat(vector).isEqualTo(column);
    SCALAR.transforms().hadamard(vector, 0, 64);
    float[] back = new float[64];
    back[5] = 64;
    assertThat(Arrays.equals(vector, back)).isTrue();
  }
}
