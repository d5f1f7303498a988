package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;

/**
 * Vectors as they are: four bytes a component, padded to a multiple of 64 bytes, and under COSINE
 * an inverse norm of eight bytes.
 */
public final class Float32Encoding implements Encoding {
  /** The encoding. */
  public static final Float32Encoding INSTANCE = new Float32Encoding();

  private Float32Encoding() {}

  @Override
  public String name() {
    return "float32";
  }

  @Override
  public Float32Vectors newVectors(int dimension, Metric metric) {
    return new Float32Vectors(dimension, metric);
  }

  /**
   * What COSINE keeps beside a row.
   *
   * @param rows an array
   * @param offset where the padded row starts
   * @param stride its padded length
   * @return one divided by its norm
   */
  public static double inverseNorm(float[] rows, int offset, int stride) {
    float squaredNorm = Kernels.active().dot().pair(rows, offset, rows, offset, stride);
    return 1.0 / Math.sqrt(squaredNorm);
  }

  @Override
  public long bytes(int dimension, Metric metric, long rows) {
    return FloatRows.bytes(dimension, rows) + (metric == Metric.COSINE ? 8 * rows : 0);
  }
}
