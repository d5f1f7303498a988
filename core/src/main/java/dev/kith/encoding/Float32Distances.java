package dev.kith.encoding;

/** From kernel values to distances; one place, so that every path gives the same bits. */
final class Float32Distances {
  private Float32Distances() {}

  static void negate(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      values[i] = 0f - values[i];
    }
  }

  /**
   * One minus the cosine. The product of both inverse norms is symmetric, so distance(a, b) =
   * distance(b, a); in double, so that a row is at distance exactly 0 from itself.
   */
  static float cosine(float dot, double inverseNorm, double otherInverseNorm) {
    float cosine = (float) (dot * (inverseNorm * otherInverseNorm));
    return Math.min(2f, Math.max(0f, 1f - cosine));
  }
}
