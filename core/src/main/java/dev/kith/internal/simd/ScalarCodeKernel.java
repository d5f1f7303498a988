package dev.kith.internal.simd;

/** Estimates without the Vector API: the definition that others are held against. */
final class ScalarCodeKernel implements CodeKernel {
  @Override
  public int estimate(
      long[] codes,
      int offset,
      int words,
      int bits,
      long[] planes,
      float step,
      float centre,
      float base,
      float bound,
      float[] estimates) {
    int size = words * SLOTS;
    int factors = offset + bits * size;
    int below = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      int count = 0;
      for (int from = offset + slot; from < factors; from += size) {
        count = 2 * count + differences(codes, from, planes);
      }
      float addend = half(codes, factors, slot);
      float factor = half(codes, factors + SLOTS / 2, slot);
      float estimate = Math.fma(factor, Math.fma(count, -2 * step, centre), addend + base);
      estimates[slot] = estimate;
      below |= estimate < bound ? 1 << slot : 0;
    }
    return below;
  }

  /** The bits in which words of a code, {@link #SLOTS} apart, differ from the planes, weighted. */
  private static int differences(long[] codes, int from, long[] planes) {
    int count = 0;
    int at = from;
    for (int plane = 0; plane < planes.length; plane += PLANES) {
      long code = codes[at];
      count +=
          Long.bitCount(code ^ planes[plane])
              + 2 * Long.bitCount(code ^ planes[plane + 1])
              + 4 * Long.bitCount(code ^ planes[plane + 2])
              + 8 * Long.bitCount(code ^ planes[plane + 3]);
      at += SLOTS;
    }
    return count;
  }

  @Override
  public void planes(float[] vector, float levelsPerUnit, long[] planes) {
    for (int word = 0; word < vector.length / Long.SIZE; word++) {
      long p0 = 0;
      long p1 = 0;
      long p2 = 0;
      long p3 = 0;
      for (int i = 0; i < Long.SIZE; i++) {
        float component = vector[word * Long.SIZE + i];
        float within = Math.max(0, Math.min(HIGHEST, component * levelsPerUnit + MIDDLE));
        long level = (long) within;
        p0 |= (level & 1) << i;
        p1 |= ((level >> 1) & 1) << i;
        p2 |= ((level >> 2) & 1) << i;
        p3 |= (level >> 3) << i;
      }
      int at = word * PLANES;
      planes[at] = p0;
      planes[at + 1] = p1;
      planes[at + 2] = p2;
      planes[at + 3] = p3;
    }
  }

  @Override
  public void signs(float[] vector, long[] codes, int offset) {
    for (int word = 0; word < vector.length / Long.SIZE; word++) {
      long signs = 0;
      for (int i = 0; i < Long.SIZE; i++) {
        boolean plus = Float.floatToRawIntBits(vector[word * Long.SIZE + i]) >= 0;
        signs |= plus ? 1L << i : 0;
      }
      codes[offset + word * SLOTS] = signs;
    }
  }

  /** One of the floats that stand two to a long. */
  private static float half(long[] longs, int at, int number) {
    return Float.intBitsToFloat((int) (longs[at + (number >> 1)] >>> (32 * (number & 1))));
  }
}
