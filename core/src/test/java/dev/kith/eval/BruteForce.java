package dev.kith.eval;

import dev.kith.Metric;
import dev.kith.VectorSource;
import java.util.Arrays;

/** Distances by the definition, in double precision, one at a time. */
final class BruteForce {
  private BruteForce() {}

  static double distance(Metric metric, float[] a, float[] b) {
    double squares = 0;
    double product = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      squares += difference * difference;
      product += (double) a[i] * b[i];
      normA += (double) a[i] * a[i];
      normB += (double) b[i] * b[i];
    }
    return switch (metric) {
      case L2 -> squares;
      case INNER_PRODUCT -> -product;
      case COSINE -> 1 - product / Math.sqrt(normA * normB);
    };
  }

  /** The distances of all rows to a query, in the order of the rows. */
  static double[] distances(Metric metric, VectorSource base, float[] query) {
    double[] distances = new double[base.size()];
    float[] row = new float[query.length];
    for (int i = 0; i < distances.length; i++) {
      base.copy(i, row);
      distances[i] = distance(metric, query, row);
    }
    return distances;
  }

  /**
   * Estimates the local intrinsic dimensionality around a query from its k nearest rows: maximum
   * likelihood, Levina and Bickel 2004.
   */
  static double intrinsicDimension(VectorSource base, float[] query, int k) {
    double[] distances = distances(Metric.L2, base, query);
    Arrays.sort(distances);
    double sum = 0;
    for (int i = 0; i < k - 1; i++) {
      sum += Math.log(Math.sqrt(distances[i] / distances[k - 1]));
    }
    return -(k - 1) / sum;
  }
}
