package dev.kith.internal.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kernel values against exact sums, for every length from 0 to 1100 and odd offsets.
 *
 * <p>The bound is the textbook one (Higham, Accuracy and Stability, 3.1) for this order of
 * additions. With unit roundoff {@code u = 2^-24}: a product passes through at most {@code ceil(n /
 * 16)} fused multiply-adds and 4 additions of the tree, each with a relative error of at most u, so
 * {@code |error| <= g(ceil(n / 16) + 4) * sum |a b|} with {@code g(k) = ku / (1 - ku)}. A squared
 * difference has two more, as the difference is rounded before it is squared. An operation whose
 * result is subnormal errs by at most {@code 2^-150} instead, and there are fewer than {@code n +
 * 32} of them.
 */
class S1_ErrorBoundTest {
  private static final double UNIT_ROUNDOFF = 0x1p-24;
  private static final int LONGEST = 1100;

  private static double gamma(int roundings) {
    return roundings * UNIT_ROUNDOFF / (1 - roundings * UNIT_ROUNDOFF);
  }

  private static double bound(Operation operation, int length, double magnitude) {
    int roundings = (length + 15) / 16 + 4 + (operation == Operation.SQUARED_L2 ? 2 : 0);
    return gamma(roundings) * magnitude + (length + 32) * 0x1p-149;
  }

  /** A sum in double with Neumaier's compensation: exact but for the last bits of a double. */
  private static final class ExactSum {
    private double sum;
    private double compensation;
    private double magnitude;

    void add(double term) {
      double next = sum + term;
      compensation += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
      sum = next;
      magnitude += Math.abs(term);
    }
  }

  private static double term(Operation operation, float a, float b) {
    double difference = (double) a - b;
    return operation == Operation.DOT ? (double) a * b : difference * difference;
  }

  private static float kernel(
      Operation operation, KernelSet set, SplittableRandom random, float[] a, float[] b) {
    int aOffset = random.nextInt(24);
    int bOffset = random.nextInt(24);
    return operation
        .heap(set)
        .pair(
            PaddedRows.padded(a, aOffset),
            aOffset,
            PaddedRows.padded(b, bOffset),
            bOffset,
            FloatRows.padded(a.length));
  }

  @ParameterizedTest
  @EnumSource
  void theErrorIsWithinTheBoundOfSixteenLanes(Operation operation) {
    Seeds.run(
        1,
        random -> {
          for (int length = 0; length <= LONGEST; length++) {
            FloatKind kind = FloatKind.any(random);
            float[] a = kind.vector(random, length);
            float[] b = kind.vector(random, length);
            ExactSum exact = new ExactSum();
            for (int i = 0; i < length; i++) {
              exact.add(term(operation, a[i], b[i]));
            }
            for (KernelSet set : new KernelSet[] {Kernels.active(), Kernels.scalar()}) {
              float value = kernel(operation, set, random, a, b);
              assertThat(Math.abs(value - (exact.sum + exact.compensation)))
                  .as("%s %s of length %d", set.name(), kind, length)
                  .isLessThanOrEqualTo(bound(operation, length, exact.magnitude));
            }
          }
        });
  }

  /** Every partial sum is an integer below 2^24: a lost, doubled or shifted element would show. */
  @ParameterizedTest
  @EnumSource
  void sumsOfSmallIntegersAreExact(Operation operation) {
    Seeds.run(
        1,
        random -> {
          for (int length = 0; length <= LONGEST; length++) {
            float[] a = new float[length];
            float[] b = new float[length];
            long exact = 0;
            for (int i = 0; i < length; i++) {
              int x = random.nextInt(-60, 61);
              int y = random.nextInt(-60, 61);
              a[i] = x;
              b[i] = y;
              exact += operation == Operation.DOT ? (long) x * y : (long) (x - y) * (x - y);
            }
            for (KernelSet set : new KernelSet[] {Kernels.active(), Kernels.scalar()}) {
              assertThat(kernel(operation, set, random, a, b))
                  .as("%s of length %d", set.name(), length)
                  .isEqualTo(exact);
            }
          }
        });
  }

  /**
   * Terms that all round the same way: the error of one running sum would be beyond the bound, so
   * the bound tells sixteen lanes from one.
   */
  @ParameterizedTest
  @EnumSource
  void oneRunningSumWouldBreakTheBound(Operation operation) {
    float[] a = new float[LONGEST];
    float[] b = new float[LONGEST];
    ExactSum exact = new ExactSum();
    float running = 0;
    for (int i = 0; i < LONGEST; i++) {
      a[i] = i == 0 ? 4096f : 0.7f;
      b[i] = operation == Operation.DOT ? a[i] : -a[i];
      float factor = operation == Operation.DOT ? a[i] : a[i] - b[i];
      running = Math.fma(factor, factor, running);
      exact.add(term(operation, a[i], b[i]));
    }
    double bound = bound(operation, LONGEST, exact.magnitude);
    double value = exact.sum + exact.compensation;

    assertThat(Math.abs(running - value)).isGreaterThan(bound);
    assertThat(Math.abs(operation.oracle(a, b) - value)).isLessThanOrEqualTo(bound);
  }
}
