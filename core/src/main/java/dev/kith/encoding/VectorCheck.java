package dev.kith.encoding;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.internal.concurrent.Parallel;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;

/**
 * Which vectors an index takes: finite, of the right dimension, with a float32 squared norm that is
 * finite and, under COSINE, not so small that it underflows. Then no distance is ever NaN.
 *
 * <p>Concurrency: one thread at a time; it holds scratch space.
 */
public final class VectorCheck {
  /** Rows checked by one task. */
  private static final int ROWS_PER_TASK = 512;

  private final int dimension;
  private final Metric metric;
  private final float[] padded;

  /**
   * Makes a check.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   */
  public VectorCheck(int dimension, Metric metric) {
    this.dimension = dimension;
    this.metric = metric;
    this.padded = new float[FloatRows.padded(dimension)];
  }

  /**
   * Checks a vector.
   *
   * @param name what the message calls it, for example {@code vector} or {@code row 17}
   * @param vector the vector
   * @throws IllegalArgumentException if it is not admissible
   */
  public void check(String name, float[] vector) {
    checkDimension(name, vector.length);
    System.arraycopy(vector, 0, padded, 0, dimension);
    checkNorm(name);
  }

  /** Whether {@link #check} would pass a vector of the right dimension. */
  private boolean admits(float[] vector) {
    System.arraycopy(vector, 0, padded, 0, dimension);
    return admissible(squaredNorm(), metric);
  }

  private float squaredNorm() {
    return Kernels.active().dot().pair(padded, 0, padded, 0, padded.length);
  }

  private void checkDimension(String name, int found) {
    if (found != dimension) {
      throw new IllegalArgumentException(name + ": dimension " + found + ", expected " + dimension);
    }
  }

  private void checkNorm(String name) {
    float squaredNorm = squaredNorm();
    if (admissible(squaredNorm, metric)) {
      return;
    }
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(padded[i])) {
        throw new IllegalArgumentException(
            name + ": component " + i + " is " + padded[i] + ", expected a finite number");
      }
    }
    throw new IllegalArgumentException(
        name
            + ": squared norm "
            + squaredNorm
            + " in float32, expected a finite number"
            + (metric == Metric.COSINE
                ? " of at least " + Float.MIN_NORMAL + " under COSINE"
                : ""));
  }

  /**
   * Checks the query of a request.
   *
   * @param name what the message calls it
   * @param request the request
   * @throws IllegalArgumentException if its query is not admissible
   */
  public void check(String name, SearchRequest request) {
    checkDimension(name, request.dimension());
    request.copyQuery(padded, 0);
    checkNorm(name);
  }

  /**
   * Checks every row of a source, in parallel.
   *
   * @param source the rows
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param options threads and cancellation
   * @throws IllegalArgumentException if a row is not admissible; it names the first such row
   * @throws BulkCancelledException if cancelled
   */
  public static void checkAll(
      VectorSource source, int dimension, Metric metric, BulkOptions options) {
    int rows = source.size();
    int tasks = (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    boolean done =
        Parallel.run(
            "check",
            tasks,
            options,
            (task, worker) -> {
              VectorCheck check = new VectorCheck(dimension, metric);
              float[] vector = new float[dimension];
              int end = Math.min(rows, (task + 1) * ROWS_PER_TASK);
              for (int row = task * ROWS_PER_TASK; row < end; row++) {
                try {
                  source.copy(row, vector);
                } catch (IllegalArgumentException e) {
                  throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
                }
                if (!check.admits(vector)) {
                  check.check("row " + row, vector);
                }
              }
            });
    if (!done) {
      throw new BulkCancelledException("addAll", 0, rows);
    }
  }

  /**
   * Whether a vector of a squared norm may be stored or searched for.
   *
   * @param squaredNorm by the float32 kernel
   * @param metric how distances are measured
   * @return false also for NaN
   */
  public static boolean admissible(float squaredNorm, Metric metric) {
    return squaredNorm < Float.POSITIVE_INFINITY
        && (metric != Metric.COSINE || squaredNorm >= Float.MIN_NORMAL);
  }
}
