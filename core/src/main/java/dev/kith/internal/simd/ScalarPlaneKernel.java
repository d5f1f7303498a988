package dev.kith.internal.simd;

/** Weighted counts without the Vector API: the definition that others are held against. */
final class ScalarPlaneKernel implements PlaneKernel {
  @Override
  public void rows(
      long[] planes,
      int planeCount,
      long[] shifts,
      CodeRows rows,
      int[] ordinals,
      int from,
      int count,
      long[] out) {
    int length = rows.length();
    for (int i = 0; i < count; i++) {
      long[] chunk = rows.chunk(ordinals[from + i]);
      int offset = rows.offset(ordinals[from + i]);
      long sum = 0;
      for (int plane = 0; plane < planeCount; plane++) {
        long ofPlane = 0;
        for (int k = 0; k < length; k++) {
          long differences = chunk[offset + k] ^ planes[plane * length + k];
          ofPlane += (long) Long.bitCount(differences) << shifts[k];
        }
        sum += ofPlane << plane;
      }
      out[i] = sum;
    }
  }
}
