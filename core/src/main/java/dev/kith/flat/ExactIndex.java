package dev.kith.flat;

import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.internal.concurrent.Deadline;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.rows.ExactScan;
import dev.kith.internal.rows.RowIndex;
import dev.kith.internal.rows.Rows;
import java.util.List;

/**
 * The searching half of the flat index, the same over rows that change and rows that are stored.
 */
abstract sealed class ExactIndex extends RowIndex permits FlatIndex, StoredFlatIndex {
  static final String SPEC = "Flat";

  ExactIndex(int dimension, Metric metric, Epochs epochs) {
    super(dimension, metric, epochs);
  }

  /** Rows, and scratch space for searches over these very rows. */
  record Moment(Rows rows, Pool<ExactScan> scans) {}

  /** The rows as they are now. */
  abstract Moment now();

  @Override
  protected final Rows rows() {
    return now().rows;
  }

  @Override
  public final IndexSpec spec() {
    epochs.checkOpen();
    return new IndexSpec(SPEC, dimension, metric);
  }

  @Override
  protected final Hits answer(SearchRequest request) {
    Moment now = now();
    ExactScan scan = now.scans.borrow();
    Hits hits = scan.search(now.rows, request, Deadline.of(request));
    now.scans.giveBack(scan);
    return hits;
  }

  /** Few queries are spread over the threads before they are gathered into passes. */
  @Override
  protected final int requestsPerTask(int requests, int threads) {
    int share = (requests + threads - 1) / threads;
    return Math.clamp(share, 1, FlatBatch.queriesPerPass(dimension));
  }

  @Override
  protected final void answerAll(List<SearchRequest> requests, int from, int to, Hits[] results) {
    boolean alone = to - from == 1;
    for (int i = from; i < to; i++) {
      alone |= requests.get(i).filter() instanceof IdSet;
    }
    if (alone) {
      super.answerAll(requests, from, to, results);
    } else {
      Rows rows = rows();
      new FlatBatch(rows, to - from).search(rows, requests, from, to, results);
    }
  }
}
