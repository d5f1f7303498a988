package dev.kith.examples.quickstart;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the nearest rows by the definition: every cosine, in double precision, sorted. Slow, simple
 * and independent of Kith, so that it can judge Kith.
 */
final class BruteForce {

  private BruteForce() {}

  /** Returns the row numbers nearest to each query, nearest first; of equals the smaller number. */
  static long[][] nearest(int k, float[][] queries, float[][] rows) {
    return List.of(queries).parallelStream()
        .map(query -> nearest(k, query, rows))
        .toArray(long[][]::new);
  }

  private static long[] nearest(int k, float[] query, float[][] rows) {
    double[] cosines = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      cosines[row] = cosine(query, rows[row]);
    }
    return IntStream.range(0, rows.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> -cosines[row]))
        .limit(k)
        .mapToLong(Integer::longValue)
        .toArray();
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      normA += (double) a[i] * a[i];
      normB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(normA * normB);
  }
}
