package dev.kith.flat;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
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
 * The searching half of the flat index, the same over rows that change and rows that are stored.
 */
abstract sealed class ExactIndex implements VectorIndex permits FlatIndex, StoredFlatIndex {
  static final String SPEC = "Flat";

  final int dimension;
  final Metric metric;
  final Epochs epochs = new Epochs();
  private final Pool<VectorCheck> checks;

  ExactIndex(int dimension, Metric metric) {
    this.dimension = IndexSpec.checkDimension(dimension);
    this.metric = Objects.requireNonNull(metric, "metric");
    this.checks = new Pool<>(() -> new VectorCheck(dimension, metric));
  }

  /** The rows and scratch space of one moment; called between entering and leaving an epoch. */
  abstract Snapshot snapshot();

  /** What a search works with. */
  record Snapshot(FlatRows rows, int size, Pool<FlatScan> scans) {}

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
  public final IndexSpec spec() {
    epochs.checkOpen();
    return new IndexSpec(SPEC, dimension, metric);
  }

  @Override
  public final int size() {
    int ticket = epochs.enter();
    try {
      return snapshot().size;
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final boolean contains(long id) {
    int ticket = epochs.enter();
    try {
      return snapshot().rows.row(id) >= 0;
    } finally {
      epochs.exit(ticket);
    }
  }

  @Override
  public final float[] vector(long id) {
    int ticket = epochs.enter();
    try {
      FlatRows rows = snapshot().rows;
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
  public final Hits search(SearchRequest request) {
    Objects.requireNonNull(request, "request");
    int ticket = epochs.enter();
    try {
      checkQuery("query", request);
      SearchEvent event = new SearchEvent();
      event.begin();
      Snapshot now = snapshot();
      FlatScan scan = now.scans.borrow();
      Hits hits = scan.search(now.rows, now.size, request);
      now.scans.giveBack(scan);
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
        checkQuery("request " + i, all.get(i));
      }
      Hits[] results = new Hits[all.size()];
      Snapshot now = snapshot();
      int perPass = perPass(all.size(), options);
      int passes = (all.size() + perPass - 1) / perPass;
      Meter meter = new Meter(options.progress(), all.size(), perPass);
      boolean done =
          Parallel.run(
              "search",
              passes,
              options,
              meter,
              (pass, worker) -> pass(now, all, pass * perPass, perPass, results));
      if (!done) {
        throw new BulkCancelledException("searchAll", 0, all.size());
      }
      return List.of(results);
    } finally {
      epochs.exit(ticket);
    }
  }

  /** Few queries are spread over the threads before they are gathered into passes. */
  private int perPass(int requests, BulkOptions options) {
    int share = (requests + options.threads() - 1) / options.threads();
    return Math.clamp(share, 1, FlatBatch.queriesPerPass(dimension));
  }

  private void pass(
      Snapshot now, List<SearchRequest> requests, int from, int perPass, Hits[] results) {
    int to = Math.min(from + perPass, requests.size());
    boolean alone = to - from == 1;
    for (int i = from; i < to; i++) {
      alone |= requests.get(i).filter() instanceof IdSet;
    }
    if (!alone) {
      new FlatBatch(now.rows, to - from).search(now.rows, now.size, requests, from, to, results);
      return;
    }
    FlatScan scan = now.scans.borrow();
    for (int i = from; i < to; i++) {
      results[i] = scan.search(now.rows, now.size, requests.get(i));
    }
    now.scans.giveBack(scan);
  }

  private void checkQuery(String name, SearchRequest request) {
    VectorCheck check = checks.borrow();
    check.check(name, request.query());
    checks.giveBack(check);
  }

  @Override
  public final long[] ids() {
    int ticket = epochs.enter();
    try {
      long[] ids = allIds();
      Arrays.sort(ids);
      return ids;
    } finally {
      epochs.exit(ticket);
    }
  }

  /** All ids, in any order. */
  abstract long[] allIds();

  @Override
  public final String toString() {
    return epochs.closed() ? SPEC + " (closed)" : spec() + ", " + size() + " vectors";
  }
}
