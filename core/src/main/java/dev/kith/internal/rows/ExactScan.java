package dev.kith.internal.rows;

import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.encoding.QueryScorer;
import dev.kith.internal.concurrent.Deadline;
import dev.kith.internal.topk.TopK;
import org.jspecify.annotations.Nullable;

/**
 * One exact search: every accepted row is scored, in blocks of 256.
 *
 * <p>Concurrency: one search at a time; lent by the index's pool.
 */
public final class ExactScan {
  /** Rows scored between two looks at the clock. */
  public static final int BLOCK = 256;

  /** Calls of a filter between two looks at the clock; a power of two. */
  private static final int FILTER_CALLS = 16;

  /** The strategy of looking at every row. */
  public static final String SCAN = "exact scan";

  /** The strategy of looking up the ids of a filter that names few. */
  public static final String SET = "exact scan of the filter's ids";

  private final QueryScorer scorer;
  private final int[] ordinals = new int[BLOCK];
  private final float[] distances = new float[BLOCK];
  private final TopK top = new TopK();
  private float[] query = new float[0];
  private long computed;
  private long visited;
  private boolean complete;

  /**
   * Makes the scratch of a search.
   *
   * @param scorer of the rows that will be searched
   */
  public ExactScan(QueryScorer scorer) {
    this.scorer = scorer;
  }

  /**
   * Searches.
   *
   * @param rows the rows
   * @param request an admissible request
   * @param deadline ends the search before its time
   * @return the exact answer
   */
  public Hits search(Rows rows, SearchRequest request, Deadline deadline) {
    int size = rows.size();
    if (query.length != request.dimension()) {
      query = new float[request.dimension()];
    }
    request.copyQuery(query, 0);
    scorer.query(query);
    top.reset(request.k(), request.maxDistance());
    computed = 0;
    visited = 0;
    complete = true;
    IdFilter filter = request.filter();
    String strategy = SCAN;
    if (filter instanceof IdSet set && set.size() <= size / 4) {
      strategy = SET;
      scanSet(rows, set, deadline);
    } else {
      scanAll(rows, filter, deadline);
    }
    SearchStats stats = new SearchStats(strategy, computed, visited, 0, 1);
    return TopHits.of(top, rows, complete, stats);
  }

  private void scanAll(Rows rows, @Nullable IdFilter filter, Deadline deadline) {
    int words = (rows.limit() + 63) >>> 6;
    int count = 0;
    for (int word = 0; word < words; word++) {
      for (long bits = rows.alive(word); bits != 0; bits &= bits - 1) {
        int row = (word << 6) + Long.numberOfTrailingZeros(bits);
        visited++;
        if (filter == null || filter.accepts(rows.id(row))) {
          ordinals[count++] = row;
        }
        if (filter != null && (visited & (FILTER_CALLS - 1)) == 0 && stops(deadline)) {
          return;
        }
      }
      if (count > BLOCK - 64 || word == words - 1) {
        if (stops(deadline)) {
          return;
        }
        score(rows, count);
        count = 0;
      }
    }
  }

  private boolean stops(Deadline deadline) {
    complete = !deadline.passed();
    return !complete;
  }

  private void scanSet(Rows rows, IdSet set, Deadline deadline) {
    int count = 0;
    for (int i = 0; i < set.size(); i++) {
      int row = rows.row(set.id(i));
      visited++;
      if (row >= 0) {
        ordinals[count++] = row;
      }
      if (count == BLOCK || i == set.size() - 1) {
        if (stops(deadline)) {
          return;
        }
        score(rows, count);
        count = 0;
      }
    }
  }

  private void score(Rows rows, int count) {
    scorer.scan(ordinals, count, distances);
    computed += count;
    for (int i = 0; i < count; i++) {
      if (distances[i] <= top.bound()) {
        top.offer(distances[i], rows.id(ordinals[i]), ordinals[i]);
      }
    }
  }
}
