package dev.kith.encoding;

import dev.kith.Metric;

/**
 * What stands behind a RaBitQ code, two floats a long, the lower half first. Under COSINE all but
 * the first belong to the vector at length 1.
 *
 * @param squaredNorm of the vector
 * @param factor from an inner product with the code to one with the vector, {@code |r|^2 / <r, c>}
 * @param deviation of the estimate, for a query of length 1: {@code |r| sqrt(1 / cos^2 - 1) /
 *     sqrt(D - 1)}, where {@code cos} is that of the angle between vector and code, and D the
 *     number of components
 * @param ofQuery deviation that a query which is itself 1 off adds: {@code |r| / cos / sqrt(D - 1)}
 */
record RaBitQFactors(float squaredNorm, float factor, float deviation, float ofQuery) {
  static RaBitQFactors of(double squaredNorm, OddLevels code, Metric metric) {
    if (code.product == 0) {
      return new RaBitQFactors((float) squaredNorm, 0, 0, 0);
    }
    double norm = Math.sqrt(squaredNorm);
    double cosine = code.product / (norm * Math.sqrt(code.squares));
    double length = metric == Metric.COSINE ? 1 : norm;
    double unit = length / cosine / Math.sqrt(code.levels.length - 1);
    return new RaBitQFactors(
        (float) squaredNorm,
        (float) (length * norm / code.product),
        (float) (unit * Math.sqrt(Math.max(0, 1 - cosine * cosine))),
        (float) unit);
  }

  /** From odd levels to the components of the decoded vector, under COSINE at length about 1. */
  double step(double squares, Metric metric) {
    double length = metric == Metric.COSINE ? 1 : squaredNorm;
    return factor == 0 ? 0 : length / (factor * squares);
  }

  void store(long[] target, int at) {
    target[at] = pair(squaredNorm, factor);
    target[at + 1] = pair(deviation, ofQuery);
  }

  static RaBitQFactors load(long[] source, int at) {
    return new RaBitQFactors(
        low(source[at]), high(source[at]), low(source[at + 1]), high(source[at + 1]));
  }

  private static long pair(float low, float high) {
    return (long) Float.floatToRawIntBits(high) << Integer.SIZE
        | (Float.floatToRawIntBits(low) & 0xFFFF_FFFFL);
  }

  static float low(long pair) {
    return Float.intBitsToFloat((int) pair);
  }

  static float high(long pair) {
    return Float.intBitsToFloat((int) (pair >>> Integer.SIZE));
  }
}
