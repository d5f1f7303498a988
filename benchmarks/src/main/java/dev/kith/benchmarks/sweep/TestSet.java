package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.benchmarks.UsageException;
import dev.kith.benchmarks.engines.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep measures on.
 *
 * @param name how results name it, without commas
 * @param metric how distances are measured
 * @param base one row per vector; under COSINE of length one
 * @param queries likewise
 * @param truth rows of the nearest for each query, nearest first; null when they are not known for
 *     this base
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record TestSet(
    String name, Metric metric, float[][] base, float[][] queries, int @Nullable [][] truth) {

  TestSet {
    if (base.length == 0 || queries.length == 0) {
      throw new UsageException(
          name + ": " + base.length + " vectors and " + queries.length + " queries, expected some");
    }
    int dimension = base[0].length;
    if (queries[0].length != dimension) {
      throw new UsageException(
          name
              + ": queries of dimension "
              + queries[0].length
              + ", but vectors of dimension "
              + dimension);
    }
    if (truth != null && truth.length != queries.length) {
      throw new UsageException(
          name + ": answers for " + truth.length + " queries, but " + queries.length + " queries");
    }
    if (metric == Metric.COSINE) {
      scaleToOne(name + ": vector ", base);
      scaleToOne(name + ": query ", queries);
    }
  }

  int dimension() {
    return base[0].length;
  }

  Vectors vectors() {
    return new Vectors(base, dimension(), metric);
  }

  VectorSource source() {
    return VectorSource.of(base);
  }

  TestSet withTruth(int[][] answers) {
    return new TestSet(name, metric, base, queries, answers);
  }

  private static void scaleToOne(String what, float[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i];
      double sum = 0;
      for (float x : row) {
        sum += (double) x * x;
      }
      if (!(sum > 0)) {
        throw new UsageException(what + i + " is zero, which has no cosine");
      }
      // Rows that are so already stay as they are.
      if (Math.abs(sum - 1) > 1e-6) {
        float scale = (float) (1 / Math.sqrt(sum));
        for (int d = 0; d < row.length; d++) {
          row[d] *= scale;
        }
      }
    }
  }
}
