package dev.kith.eval;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import java.util.List;
import java.util.Objects;

/**
 * What a measurement of an index needs: vectors to index, queries, and the exact answers.
 *
 * {@snippet file="dev/kith/examples/MeasureRecall.java" region="recall"}
 *
 * <p>Concurrency: immutable as long as nobody writes to the base or the queries, which are held and
 * not copied.
 *
 * @param name what to call it in tables and messages
 * @param metric how distances are measured
 * @param base the vectors to index
 * @param queries at least one query, all of the dimension of the base; held, not copied
 * @param truth the exact answers for the queries, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all the equality that bulk data needs
public record Dataset(
    String name, Metric metric, VectorSource base, float[][] queries, GroundTruth truth) {
  /**
   * Checks that the parts belong together.
   *
   * @param name what to call it
   * @param metric how distances are measured
   * @param base the vectors to index
   * @param queries at least one query, all of one dimension
   * @param truth one answer per query
   * @throws IllegalArgumentException if there are no queries, their dimensions differ, the base has
   *     another one, or the number of answers is not that of the queries
   */
  public Dataset {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(base, "base");
    if (queries.length == 0) {
      throw new IllegalArgumentException("queries: empty, expected at least one");
    }
    for (int i = 0; i < queries.length; i++) {
      if (queries[i].length != queries[0].length) {
        throw new IllegalArgumentException(
            "queries["
                + i
                + "]: dimension "
                + queries[i].length
                + ", queries[0] has "
                + queries[0].length);
      }
    }
    if (base.size() > 0) {
      try {
        base.copy(0, new float[queries[0].length]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("base: row 0: " + e.getMessage(), e);
      }
    }
    if (truth.size() != queries.length) {
      throw new IllegalArgumentException(
          "truth: answers for " + truth.size() + " queries, expected " + queries.length);
    }
  }

  /**
   * Makes a data set and computes its exact answers.
   *
   * @param name what to call it
   * @param metric how distances are measured
   * @param base the vectors to index, with distinct ids
   * @param queries at least one query, all of the dimension of the base
   * @param k answers for each query, at least 1
   * @param options threads, progress and cancellation of {@link GroundTruth#compute}
   * @return the data set
   * @throws IllegalArgumentException as {@link GroundTruth#compute} does
   * @throws dev.kith.BulkCancelledException if the work was cancelled or the calling thread
   *     interrupted
   */
  public static Dataset of(
      String name,
      Metric metric,
      VectorSource base,
      float[][] queries,
      int k,
      BulkOptions options) {
    return new Dataset(
        name, metric, base, queries, GroundTruth.compute(base, queries, metric, k, options));
  }

  /**
   * The number of components of every vector.
   *
   * @return at least 1
   */
  public int dimension() {
    return queries[0].length;
  }

  /**
   * The queries as requests.
   *
   * @param k how many neighbours to ask for, at least 1
   * @return one request per query, in their order
   * @throws IllegalArgumentException if k is below 1 or a query holds NaN or infinity
   */
  public List<SearchRequest> requests(int k) {
    return ExactSearch.requests(queries, k);
  }

  @Override
  public String toString() {
    return "Dataset["
        + name
        + ", "
        + metric
        + ", "
        + base.size()
        + " x "
        + dimension()
        + ", "
        + queries.length
        + " queries]";
  }
}
