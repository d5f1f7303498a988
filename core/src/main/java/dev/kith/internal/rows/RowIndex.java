package dev.kith.internal.rows;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.encoding.VectorCheck;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Meter;
import dev.kith.internal.concurrent.Parallel;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.jfr.SearchEvent;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * What every index over {@link Rows} does alike: ids, vectors, checks of requests, entering and
 * leaving epochs, batches. How a request is answered is the index's own.
 *
 * <p>Concurrency: as {@link VectorIndex} says.
 */
public abstract class RowIndex implements VectorIndex {
  /** Components of every vector. */
  protected final int dimension;

  /** How distances are measured. */
  protected final Metric metric;

  /** Who is searching. */
  protected final Epochs epochs;

  private final Pool<VectorCheck> checks;

  /**
   * Checks the parameters.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param epochs shared with what the index is made of
   */
  protected RowIndex(int dimension, Metric metric, Epochs epochs) {
    this.dimension = IndexSpec.checkDimension(dimension);
    this.metric = Objects.requireNonNull(metric, "metric");
    this.epochs = epochs;
    this.checks = new Pool<>(() -> new VectorCheck(dimension, metric));
  }

  /**
   * The rows as they are now; called within an epoch.
   *
   * @return a view
   */
  protected abstract Rows rows();

  /**
   * Answers a request; called within an epoch.
   *
   * @param request its query is admissible
   * @return the hits
   */
  protected abstract Hits answer(SearchRequest request);

  /**
   * Refuses params of another kind of index, by an {@link IllegalArgumentException} that begins
   * with a name.
   *
   * @param name what the message calls the request
   * @param request the request
   */
  protected void checkParams(String name, SearchRequest request) {}

  /**
   * How many requests of a batch are answered together.
   *
   * @param requests how many there are
   * @param threads how many threads may work
   * @return at least 1
   */
  protected int requestsPerTask(int requests, int threads) {
    return Math.clamp(requests / (8L * threads), 1, 64);
  }

  /**
   * Answers some requests of a batch; called within an epoch.
   *
   * @param requests all requests
   * @param from the first to answer
   * @param to the end of those to answer
   * @param results receives each result at the place of its request
   */
  protected void answerAll(List<SearchRequest> requests, int from, int to, Hits[] results) {
    for (int i = from; i < to; i++) {
      results[i] = answer(requests.get(i));
    }
  }

  @Override
  public final int dimension() {
    epochs.checkOpen();
    return dimension;
  }

  @Override
  public final Metric metric() {
    epochs.checkOpen();
    return metric;
  }

  @Override
  public final int size() {
    int ticket = epochs.enter();
    try {
      return rows().size();
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final boolean contains(long id) {
    int ticket = epochs.enter();
    try {
      return rows().row(id) >= 0;
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final float[] vector(long id) {
    int ticket = epochs.enter();
    try {
      Rows rows = rows();
      int row = rows.row(id);
      if (row < 0) {
        throw new NoSuchElementException("id: " + id + " is not in the index");
      }
      float[] vector = new float[dimension];
      rows.vectors().decode(row, vector);
      return vector;
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final long[] ids() {
    int ticket = epochs.enter();
    try {
      long[] ids = rows().ids();
      Arrays.sort(ids);
      return ids;
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final Hits search(SearchRequest request) {
    Objects.requireNonNull(request, "request");
    int ticket = epochs.enter();
    try {
      check("query", request);
      SearchEvent event = new SearchEvent();
      event.begin();
      Hits hits = answer(request);
      if (event.shouldCommit()) {
        event.k = request.k();
        event.hits = hits.size();
        event.distances = hits.stats().distancesComputed();
        event.strategy = hits.stats().strategy();
        event.complete = hits.complete();
        event.commit();
      }
      return hits;
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final List<Hits> searchAll(List<SearchRequest> requests, BulkOptions options) {
    Objects.requireNonNull(options, "options");
    List<SearchRequest> all = List.copyOf(requests);
    int ticket = epochs.enter();
    try {
      for (int i = 0; i < all.size(); i++) {
        check("request " + i, all.get(i));
      }
      Hits[] results = new Hits[all.size()];
      int perTask = requestsPerTask(all.size(), options.threads());
      int tasks = (all.size() + perTask - 1) / perTask;
      Meter meter = new Meter(options.progress(), all.size(), perTask);
      boolean done =
          Parallel.run(
              "search",
              tasks,
              options,
              meter,
              (task, worker) -> {
                int from = task * perTask;
                answerAll(all, from, Math.min(from + perTask, all.size()), results);
              });
      if (!done) {
        throw new BulkCancelledException("searchAll", 0, all.size());
      }
      return List.of(results);
    } finally {
      epochs.exit(ticket);
    }
  }

  private void check(String name, SearchRequest request) {
    VectorCheck check = checks.borrow();
    check.check(name, request);
    checks.giveBack(check);
    checkParams(name, request);
  }

  @Override
  public final String toString() {
    return epochs.closed()
        ? getClass().getSimpleName() + " (closed)"
        : spec() + ", " + size() + " vectors";
  }
}
