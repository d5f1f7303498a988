package dev.kith.hnsw.internal;

import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.encoding.Float32Encoding;
import dev.kith.internal.simd.FloatRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where codes live: vectors are normalised under COSINE, and moved so that the middle of the first
 * ones is the origin. Codes spend their bits on how vectors differ then, not on what they have in
 * common.
 *
 * <p>Distances there are squared Euclidean ones under L2 and COSINE, which order rows as the metric
 * does. Inner products do not survive a move, so under INNER_PRODUCT vectors stay as they are.
 *
 * <p>The centre never changes, or codes would; it is saved with the index.
 *
 * <p>Concurrency: placed once, by the writer, before the first row is published.
 */
public final class CodeSpace {
  /** Vectors that the centre is taken from at most. */
  private static final int SAMPLE = 1 << 14;

  private final int dimension;
  private final Metric metric;
  private volatile float @Nullable [] centre;

  CodeSpace(int dimension, Metric metric) {
    this.dimension = dimension;
    this.metric = metric;
  }

  /** How distances are measured here. */
  static Metric metric(Metric given) {
    return given == Metric.INNER_PRODUCT ? given : Metric.L2;
  }

  /** A place for a vector: its components, and zeros up to a whole cache line. */
  float[] room() {
    return new float[FloatRows.padded(dimension)];
  }

  /** The centre, or null as long as there is none. */
  float @Nullable [] centre() {
    return centre;
  }

  void place(float[] middle) {
    centre = middle;
  }

  /**
   * Takes the middle of vectors for the centre, unless there is one.
   *
   * @param source holds them
   * @param order which of its rows, in an order that does not depend on how they came
   */
  void placeAmong(VectorSource source, int[] order) {
    if (centre != null || order.length == 0 || metric == Metric.INNER_PRODUCT) {
      return;
    }
    int step = (order.length + SAMPLE - 1) / SAMPLE;
    double[] sums = new double[dimension];
    float[] vector = new float[dimension];
    float[] entered = room();
    int count = 0;
    for (int i = 0; i < order.length; i += step, count++) {
      source.copy(order[i], vector);
      enter(vector, entered);
      for (int d = 0; d < dimension; d++) {
        sums[d] += entered[d];
      }
    }
    float[] middle = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      middle[d] = (float) (sums[d] / count);
    }
    centre = middle;
  }

  /**
   * Takes a vector there.
   *
   * @param vector an admissible vector
   * @param entered a {@link #room}, receives it
   */
  void enter(float[] vector, float[] entered) {
    System.arraycopy(vector, 0, entered, 0, dimension);
    Arrays.fill(entered, dimension, entered.length, 0);
    if (metric == Metric.COSINE) {
      double inverse = Float32Encoding.inverseNorm(entered, 0, entered.length);
      for (int i = 0; i < dimension; i++) {
        entered[i] = (float) (entered[i] * inverse);
      }
    }
    float[] origin = centre;
    if (origin != null) {
      for (int i = 0; i < dimension; i++) {
        entered[i] -= origin[i];
      }
    }
  }
}
