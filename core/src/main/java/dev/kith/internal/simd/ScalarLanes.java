package dev.kith.internal.simd;

/**
 * The definition of the float kernels in plain Java: the fallback where there is no Vector API, and
 * the oracle of the tests.
 */
final class ScalarLanes {
  private ScalarLanes() {}

  static float dot(float[] a, int ao, float[] b, int bo, int length) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      int p = ao + i;
      int q = bo + i;
      s0 = Math.fma(a[p], b[q], s0);
      s1 = Math.fma(a[p + 1], b[q + 1], s1);
      s2 = Math.fma(a[p + 2], b[q + 2], s2);
      s3 = Math.fma(a[p + 3], b[q + 3], s3);
      s4 = Math.fma(a[p + 4], b[q + 4], s4);
      s5 = Math.fma(a[p + 5], b[q + 5], s5);
      s6 = Math.fma(a[p + 6], b[q + 6], s6);
      s7 = Math.fma(a[p + 7], b[q + 7], s7);
      s8 = Math.fma(a[p + 8], b[q + 8], s8);
      s9 = Math.fma(a[p + 9], b[q + 9], s9);
      s10 = Math.fma(a[p + 10], b[q + 10], s10);
      s11 = Math.fma(a[p + 11], b[q + 11], s11);
      s12 = Math.fma(a[p + 12], b[q + 12], s12);
      s13 = Math.fma(a[p + 13], b[q + 13], s13);
      s14 = Math.fma(a[p + 14], b[q + 14], s14);
      s15 = Math.fma(a[p + 15], b[q + 15], s15);
    }
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  }

  static float squaredL2(float[] a, int ao, float[] b, int bo, int length) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      int p = ao + i;
      int q = bo + i;
      s0 = square(a[p] - b[q], s0);
      s1 = square(a[p + 1] - b[q + 1], s1);
      s2 = square(a[p + 2] - b[q + 2], s2);
      s3 = square(a[p + 3] - b[q + 3], s3);
      s4 = square(a[p + 4] - b[q + 4], s4);
      s5 = square(a[p + 5] - b[q + 5], s5);
      s6 = square(a[p + 6] - b[q + 6], s6);
      s7 = square(a[p + 7] - b[q + 7], s7);
      s8 = square(a[p + 8] - b[q + 8], s8);
      s9 = square(a[p + 9] - b[q + 9], s9);
      s10 = square(a[p + 10] - b[q + 10], s10);
      s11 = square(a[p + 11] - b[q + 11], s11);
      s12 = square(a[p + 12] - b[q + 12], s12);
      s13 = square(a[p + 13] - b[q + 13], s13);
      s14 = square(a[p + 14] - b[q + 14], s14);
      s15 = square(a[p + 15] - b[q + 15], s15);
    }
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  }

  private static float square(float difference, float sum) {
    return Math.fma(difference, difference, sum);
  }

  private static float tree(
      float s0,
      float s1,
      float s2,
      float s3,
      float s4,
      float s5,
      float s6,
      float s7,
      float s8,
      float s9,
      float s10,
      float s11,
      float s12,
      float s13,
      float s14,
      float s15) {
    float t0 = (s0 + s8) + (s4 + s12);
    float t1 = (s1 + s9) + (s5 + s13);
    float t2 = (s2 + s10) + (s6 + s14);
    float t3 = (s3 + s11) + (s7 + s15);
    return (t0 + t2) + (t1 + t3);
  }
}
