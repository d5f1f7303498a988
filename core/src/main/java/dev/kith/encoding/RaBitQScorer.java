package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.CodeKernel;
import dev.kith.internal.simd.FloatKernel;
import dev.kith.internal.simd.Kernels;

/**
 * Estimates distances from RaBitQ codes: the query is rotated once and quantised to 16 odd levels.
 */
final class RaBitQScorer implements BlockScorer {
  private static final int PLANES = CodeKernel.PLANES;
  private static final int HIGHEST = CodeKernel.HIGHEST;

  /** The largest component is clipped to this share; the others gain more than it loses. */
  private static final float CLIPPED = 0.85f;

  private final RaBitQ codes;
  private final Metric metric;
  private final int words;
  private final int bits;
  private final CodeKernel kernel = Kernels.active().codes();
  private final FloatKernel dot = Kernels.active().dot();
  private final float[] rotated;
  private final long[] planes;
  private float step;
  private float centre;

  RaBitQScorer(RaBitQ codes, Metric metric, int words) {
    this.codes = codes;
    this.metric = metric;
    this.words = words;
    this.bits = codes.bits();
    this.rotated = new float[words * Long.SIZE];
    this.planes = new long[PLANES * words];
  }

  @Override
  public void query(float[] vector) {
    codes.rotate(vector, rotated);
    float largest = Kernels.active().transforms().largest(rotated);
    step = Math.max(CLIPPED * largest / HIGHEST, Float.MIN_NORMAL);
    int largestOfCode = (1 << bits) - 1;
    centre = largestOfCode * HIGHEST * step * rotated.length;
    kernel.planes(rotated, 0.5f / step, planes);
  }

  @Override
  public int score(long[] block, int offset, float base, float bound, float[] estimates) {
    return kernel.estimate(
        block, offset, words, bits, planes, step, centre, base, bound, estimates);
  }

  @Override
  public float baseOfZero() {
    float squared = dot.pair(rotated, 0, rotated, 0, rotated.length);
    return switch (metric) {
      case L2 -> squared;
      case COSINE -> 0.5f * squared;
      case INNER_PRODUCT -> 0;
    };
  }
}
