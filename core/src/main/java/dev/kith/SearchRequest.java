package dev.kith;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One question to an index: a query vector, how many neighbours, and optional limits.
 *
 * <p>Requests are immutable; each method that sets something returns a new request. The query is
 * copied when the request is made.
 *
 * {@snippet file="dev/kith/examples/SearchOptions.java" region="request"}
 *
 * <p>Concurrency: immutable; the filter, the cancellation and the params are the caller's and are
 * used by the searching threads.
 */
public final class SearchRequest {
  private final float[] query;
  private final int k;
  private final @Nullable IdFilter filter;
  private final @Nullable Duration timeout;
  private final float maxDistance;
  private final @Nullable SearchParams params;
  private final @Nullable BooleanSupplier cancelled;

  private SearchRequest(
      float[] query,
      int k,
      @Nullable IdFilter filter,
      @Nullable Duration timeout,
      float maxDistance,
      @Nullable SearchParams params,
      @Nullable BooleanSupplier cancelled) {
    this.query = query;
    this.k = k;
    this.filter = filter;
    this.timeout = timeout;
    this.maxDistance = maxDistance;
    this.params = params;
    this.cancelled = cancelled;
  }

  /**
   * Asks for the k nearest vectors.
   *
   * @param query the query, of the index's dimension, finite; copied
   * @param k how many neighbours, at least 1; more than the index holds is fine
   * @return the request, without filter or limits
   * @throws IllegalArgumentException if k is below 1, the query is empty, or it holds NaN or
   *     infinity
   */
  public static SearchRequest of(float[] query, int k) {
    Objects.requireNonNull(query, "query");
    if (k < 1) {
      throw new IllegalArgumentException("k: " + k + ", expected at least 1");
    }
    if (query.length == 0) {
      throw new IllegalArgumentException("query: empty, expected at least one dimension");
    }
    for (int i = 0; i < query.length; i++) {
      if (!Float.isFinite(query[i])) {
        throw new IllegalArgumentException(
            "query[" + i + "]: " + query[i] + ", expected a finite number");
      }
    }
    return new SearchRequest(query.clone(), k, null, null, Float.POSITIVE_INFINITY, null, null);
  }

  /**
   * Returns only ids that a filter accepts. The search still returns k hits if k stored vectors are
   * accepted.
   *
   * @param filter which ids may be returned
   * @return a request with that filter instead of any earlier one
   */
  public SearchRequest filter(IdFilter filter) {
    Objects.requireNonNull(filter, "filter");
    return new SearchRequest(query, k, filter, timeout, maxDistance, params, cancelled);
  }

  /**
   * Limits the time of the search, counted from its start. When the time is over the best hits so
   * far are returned and {@link Hits#complete()} is false.
   *
   * @param timeout more than zero
   * @return a request with that limit
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public SearchRequest timeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout: " + timeout + ", expected more than zero");
    }
    return new SearchRequest(query, k, filter, timeout, maxDistance, params, cancelled);
  }

  /**
   * Returns only vectors within a distance (range search): of those, the k nearest. Use a large k
   * to get all of them.
   *
   * @param maxDistance the largest distance returned, inclusive, in the units of the index's metric
   * @return a request with that limit
   * @throws IllegalArgumentException if the distance is NaN
   */
  public SearchRequest maxDistance(float maxDistance) {
    if (Float.isNaN(maxDistance)) {
      throw new IllegalArgumentException("maxDistance: NaN, expected a number");
    }
    return new SearchRequest(query, k, filter, timeout, maxDistance, params, cancelled);
  }

  /**
   * Sets the search-time knobs of the index type.
   *
   * @param params the params record of the index module
   * @return a request with those params
   */
  public SearchRequest params(SearchParams params) {
    Objects.requireNonNull(params, "params");
    return new SearchRequest(query, k, filter, timeout, maxDistance, params, cancelled);
  }

  /**
   * Gives a way to stop the search from outside. It is asked every few hundred distances; once it
   * says true the best hits so far are returned and {@link Hits#complete()} is false.
   *
   * @param cancelled says whether the search should stop; quick, and safe to ask from the searching
   *     thread
   * @return a request with that cancellation
   */
  public SearchRequest cancelWhen(BooleanSupplier cancelled) {
    Objects.requireNonNull(cancelled, "cancelled");
    return new SearchRequest(query, k, filter, timeout, maxDistance, params, cancelled);
  }

  /**
   * The query vector.
   *
   * @return a copy
   */
  public float[] query() {
    return query.clone();
  }

  /**
   * The length of the query.
   *
   * @return at least 1
   */
  public int dimension() {
    return query.length;
  }

  /**
   * Copies the query into an array without allocating, for index implementations.
   *
   * @param target receives the query from {@code offset} on
   * @param offset the first element written
   * @throws IndexOutOfBoundsException if the query does not fit
   */
  public void copyQuery(float[] target, int offset) {
    System.arraycopy(query, 0, target, offset, query.length);
  }

  /**
   * How many neighbours are asked for.
   *
   * @return at least 1
   */
  public int k() {
    return k;
  }

  /**
   * Which ids may be returned.
   *
   * @return the filter, or null when every id may be
   */
  public @Nullable IdFilter filter() {
    return filter;
  }

  /**
   * The time limit.
   *
   * @return more than zero, or null when there is none
   */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /**
   * The largest distance returned.
   *
   * @return positive infinity when there is no limit
   */
  public float maxDistance() {
    return maxDistance;
  }

  /**
   * The knobs of the index type.
   *
   * @return null when the index's defaults are asked for
   */
  public @Nullable SearchParams params() {
    return params;
  }

  /**
   * The cancellation.
   *
   * @return null when there is none
   */
  public @Nullable BooleanSupplier cancelWhen() {
    return cancelled;
  }

  @Override
  public String toString() {
    return "SearchRequest[dimension "
        + query.length
        + ", k "
        + k
        + (filter == null ? "" : ", filter " + filter)
        + (timeout == null ? "" : ", timeout " + timeout)
        + (maxDistance == Float.POSITIVE_INFINITY ? "" : ", maxDistance " + maxDistance)
        + (params == null ? "" : ", " + params)
        + "]";
  }
}
