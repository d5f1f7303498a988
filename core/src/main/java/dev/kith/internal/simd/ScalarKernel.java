package dev.kith.internal.simd;

/**
 * Kernels without the Vector API: correct everywhere, five to eight times slower where SIMD is to
 * be had.
 */
final class ScalarKernel implements FloatKernel, MappedFloatKernel {
  /** A value of two rows. */
  private interface Pair {
    float apply(float[] a, int aOffset, float[] b, int bOffset, int length);
  }

  static final ScalarKernel DOT = new ScalarKernel(ScalarLanes::dot);
  static final ScalarKernel SQUARED_L2 = new ScalarKernel(ScalarLanes::squaredL2);

  private final Pair pair;

  private ScalarKernel(Pair pair) {
    this.pair = pair;
  }

  @Override
  public float pair(float[] a, int aOffset, float[] b, int bOffset, int length) {
    return pair.apply(a, aOffset, b, bOffset, length);
  }

  @Override
  public void rows(
      float[] query, FloatRows rows, int[] ordinals, int from, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      int row = ordinals[from + i];
      out[i] = pair.apply(query, 0, rows.chunk(row), rows.offset(row), rows.stride());
    }
  }

  @Override
  public void rows(
      float[] query, MappedFloatRows rows, int[] ordinals, int from, int count, float[] out) {
    float[] row = new float[rows.stride()];
    for (int i = 0; i < count; i++) {
      rows.copy(ordinals[from + i], row, 0, rows.stride());
      out[i] = pair.apply(query, 0, row, 0, rows.stride());
    }
  }

  @Override
  public void scan(float[] query, FloatRows rows, int[] ordinals, int count, float[] out) {
    rows(query, rows, ordinals, 0, count, out);
  }

  @Override
  public void tile(
      float[] queries, int queryCount, FloatRows rows, int[] ordinals, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      float[] chunk = rows.chunk(ordinals[i]);
      int offset = rows.offset(ordinals[i]);
      for (int q = 0; q < queryCount; q++) {
        int queryOffset = FloatRows.BASE + q * rows.stride();
        out[q * count + i] = pair.apply(queries, queryOffset, chunk, offset, rows.stride());
      }
    }
  }
}
