package dev.kith.flat;

import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.encoding.TileScorer;
import dev.kith.internal.concurrent.Deadline;
import dev.kith.internal.rows.ExactScan;
import dev.kith.internal.rows.Rows;
import dev.kith.internal.rows.TopHits;
import dev.kith.internal.topk.TopK;
import java.util.List;

/**
 * Some searches that share one pass over the rows: a block of rows is scored for all queries while
 * it is in the cache. A filter is asked only for rows that would enter the result.
 *
 * <p>Concurrency: one thread.
 */
final class FlatBatch {
  /** Queries at most. */
  static final int QUERIES = 30;

  /** Rows scored between two looks at the clock. */
  private static final int BLOCK = 256;

  /** The queries of a pass should stay in the second-level cache beside the rows. */
  private static final int QUERY_FLOATS = 1 << 16;

  private final TileScorer scorer;
  private final int[] ordinals = new int[BLOCK];
  private final float[] distances;
  private final TopK[] tops;
  private final Deadline[] deadlines;
  private final boolean[] stopped;

  FlatBatch(Rows rows, int maxQueries) {
    this.scorer = rows.vectors().tiles(maxQueries);
    this.distances = new float[maxQueries * BLOCK];
    this.tops = new TopK[maxQueries];
    this.deadlines = new Deadline[maxQueries];
    this.stopped = new boolean[maxQueries];
  }

  /** How many queries of a dimension one pass takes. */
  static int queriesPerPass(int dimension) {
    return Math.clamp(QUERY_FLOATS / dimension, 3, QUERIES);
  }

  /**
   * Searches for requests {@code from} to {@code to - 1} and stores each result at its position.
   */
  void search(Rows rows, List<SearchRequest> requests, int from, int to, Hits[] results) {
    int queries = to - from;
    for (int q = 0; q < queries; q++) {
      SearchRequest request = requests.get(from + q);
      scorer.query(q, request.query());
      tops[q] = new TopK();
      tops[q].reset(request.k(), request.maxDistance());
      deadlines[q] = Deadline.of(request);
      stopped[q] = false;
    }
    long scanned = scan(rows, requests, from, queries);
    for (int q = 0; q < queries; q++) {
      SearchStats stats = new SearchStats(ExactScan.SCAN, scanned, scanned, 0, 1);
      results[from + q] = TopHits.of(tops[q], rows, !stopped[q], stats);
    }
  }

  private long scan(Rows rows, List<SearchRequest> requests, int from, int queries) {
    int words = (rows.limit() + 63) >>> 6;
    int count = 0;
    long scanned = 0;
    for (int word = 0; word < words; word++) {
      for (long bits = rows.alive(word); bits != 0; bits &= bits - 1) {
        ordinals[count++] = (word << 6) + Long.numberOfTrailingZeros(bits);
      }
      if (count > BLOCK - 64 || (word == words - 1 && count > 0)) {
        if (!anyGoesOn(queries)) {
          break;
        }
        score(rows, requests, from, queries, count);
        scanned += count;
        count = 0;
      }
    }
    return scanned;
  }

  private boolean anyGoesOn(int queries) {
    boolean any = false;
    for (int q = 0; q < queries; q++) {
      stopped[q] |= deadlines[q].passed();
      any |= !stopped[q];
    }
    return any;
  }

  private void score(Rows rows, List<SearchRequest> requests, int from, int queries, int count) {
    scorer.score(queries, ordinals, count, distances);
    for (int q = 0; q < queries; q++) {
      if (stopped[q]) {
        continue;
      }
      TopK top = tops[q];
      IdFilter filter = requests.get(from + q).filter();
      int base = q * count;
      for (int i = 0; i < count; i++) {
        float distance = distances[base + i];
        if (distance <= top.bound()) {
          long id = rows.id(ordinals[i]);
          if (filter == null || filter.accepts(id)) {
            top.offer(distance, id, ordinals[i]);
          }
        }
      }
    }
  }
}
