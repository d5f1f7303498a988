package dev.kith;

/**
 * How far apart two vectors are. A distance is always "smaller is closer", whatever the metric.
 *
 * <p>Distances are computed in float32 by one fixed order of fused multiply-adds, so they are the
 * same bits on every machine, with and without SIMD.
 */
public enum Metric {
  /**
   * Squared Euclidean distance, {@code sum((a[i] - b[i])^2)}, in {@code [0, +inf]}. FAISS:
   * METRIC_L2; hnswlib: l2.
   */
  L2,

  /**
   * Negated inner product, {@code -sum(a[i] * b[i])}, for maximum inner product search. Any finite
   * number. FAISS: METRIC_INNER_PRODUCT (which reports the product itself, larger is closer).
   */
  INNER_PRODUCT,

  /**
   * One minus the cosine of the angle, in {@code [0, 2]}. Vectors need not be normalised: their
   * norms are kept beside them. A vector whose norm is zero, or so small that its float32 square
   * underflows, has no direction and is refused.
   */
  COSINE;

  /**
   * The score that retrieval frameworks expect, larger is closer.
   *
   * @param distance a distance of this metric
   * @return {@code 1 / (1 + distance)} for L2, {@code -distance} for INNER_PRODUCT, {@code 1 -
   *     distance / 2} for COSINE (so in {@code [0, 1]} for L2 and COSINE)
   */
  public float similarity(float distance) {
    return switch (this) {
      case L2 -> 1f / (1f + distance);
      case INNER_PRODUCT -> 0f - distance;
      case COSINE -> 1f - distance / 2f;
    };
  }
}
