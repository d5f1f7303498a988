package dev.kith.eval;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.VectorSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exact answers: for each query the ids of its true k nearest vectors, nearest first, and, when
 * they are known, the distances.
 *
 * <p>It is {@linkplain #compute computed}, taken from the {@linkplain #of(List, int) results of an
 * exact index} (which may have been filtered), or made of the {@linkplain #of(int[][]) answers that
 * come with a data set}, which have no distances. A list shorter than {@link #k()} says that no
 * more vectors exist for that query. {@link Recall} compares it with what an index found.
 *
 * <p>Concurrency: immutable, any number of threads. Memory: 8 bytes for each answer and 4 for its
 * distance.
 */
public final class GroundTruth {
  private final int k;
  private final long[][] ids;
  private final float @Nullable [][] distances;

  private GroundTruth(int k, long[][] ids, float @Nullable [][] distances) {
    this.k = k;
    this.ids = ids;
    this.distances = distances;
  }

  /**
   * Computes the exact answers by comparing every query with every vector, on as many threads as
   * the options say.
   *
   * <p>The base is taken in blocks, so it may be larger than the heap: besides the base itself the
   * work needs about 64 MiB and 40 bytes for each answer and 8 for each row. The answers are those
   * of one {@link dev.kith.flat.FlatIndex} that holds everything, bit for bit, whatever the number
   * of threads.
   *
   * @param base the vectors, with distinct ids
   * @param queries at least one query, all of the dimension of the base
   * @param metric how distances are measured
   * @param k answers wanted for each query, at least 1; more than there are vectors is fine
   * @param options threads, progress (in rows of the base) and cancellation
   * @return the answers with their distances, in the order of the queries
   * @throws IllegalArgumentException if k is below 1, there are no queries, a query or a row is one
   *     that an index refuses (the message names it), or an id occurs twice
   * @throws dev.kith.BulkCancelledException if the work was cancelled or the calling thread
   *     interrupted
   */
  public static GroundTruth compute(
      VectorSource base, float[][] queries, Metric metric, int k, BulkOptions options) {
    return of(ExactSearch.search(base, queries, metric, k, options), k);
  }

  /**
   * Takes the results of an exact index as the answers, for example those of searches with a
   * filter.
   *
   * @param exact the results, one per query; distances come with them
   * @param k how many were asked for, at least 1
   * @return the answers
   * @throws IllegalArgumentException if k is below 1, a result was cut short or is longer than k,
   *     or an id occurs twice in it; the message names the query
   */
  public static GroundTruth of(List<Hits> exact, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k: " + k + ", expected at least 1");
    }
    long[][] ids = new long[exact.size()][];
    float[][] distances = new float[exact.size()][];
    for (int query = 0; query < ids.length; query++) {
      Hits hits = exact.get(query);
      if (!hits.complete()) {
        throw new IllegalArgumentException(
            "exact: the result of query " + query + " is incomplete");
      }
      if (hits.size() > k) {
        throw new IllegalArgumentException(
            "exact: query " + query + " has " + hits.size() + " hits, expected at most k = " + k);
      }
      ids[query] = hits.ids();
      distances[query] = hits.distances();
    }
    return new GroundTruth(k, checkDistinct("exact", ids), distances);
  }

  /**
   * Takes the answers that come with a data set, such as {@link Texmex#readIvecs} reads them: row
   * numbers of the base, nearest first.
   *
   * @param rows the row numbers for each query; copied. The longest list gives {@link #k()}
   * @return the answers, without distances
   * @throws IllegalArgumentException if every list is empty, a row number is negative or occurs
   *     twice in a list; the message names the query
   */
  public static GroundTruth of(int[][] rows) {
    long[][] ids = new long[rows.length][];
    for (int query = 0; query < rows.length; query++) {
      ids[query] = new long[rows[query].length];
      for (int rank = 0; rank < ids[query].length; rank++) {
        if (rows[query][rank] < 0) {
          throw new IllegalArgumentException(
              "rows["
                  + query
                  + "]["
                  + rank
                  + "]: "
                  + rows[query][rank]
                  + ", expected a row number, zero or more");
        }
        ids[query][rank] = rows[query][rank];
      }
    }
    return new GroundTruth(longest("rows", ids), checkDistinct("rows", ids), null);
  }

  /**
   * Takes answers that are known already.
   *
   * @param ids the ids for each query, nearest first; copied. The longest list gives {@link #k()}
   * @return the answers, without distances
   * @throws IllegalArgumentException if every list is empty or an id occurs twice in a list; the
   *     message names the query
   */
  public static GroundTruth of(long[][] ids) {
    long[][] copy = new long[ids.length][];
    for (int query = 0; query < ids.length; query++) {
      copy[query] = ids[query].clone();
    }
    return new GroundTruth(longest("ids", copy), checkDistinct("ids", copy), null);
  }

  /**
   * The number of queries.
   *
   * @return zero or more
   */
  public int size() {
    return ids.length;
  }

  /**
   * How many answers were asked for; recall can be measured up to this k.
   *
   * @return at least 1
   */
  public int k() {
    return k;
  }

  /**
   * The true nearest of one query.
   *
   * @param query from 0 to {@code size() - 1}
   * @return a copy, nearest first; fewer than {@link #k()} when no more vectors exist
   * @throws IndexOutOfBoundsException if there is no such query
   */
  public long[] ids(int query) {
    return ids[query].clone();
  }

  /**
   * Whether the distances are known.
   *
   * @return false for answers that were given as ids alone
   */
  public boolean hasDistances() {
    return distances != null;
  }

  /**
   * The distances of the true nearest of one query.
   *
   * @param query from 0 to {@code size() - 1}
   * @return a copy, ascending, as long as {@link #ids(int)}
   * @throws IndexOutOfBoundsException if there is no such query
   * @throws IllegalStateException if the distances are not known
   */
  public float[] distances(int query) {
    if (distances == null) {
      throw new IllegalStateException("these answers were given as ids alone, without distances");
    }
    return distances[query].clone();
  }

  @Override
  public String toString() {
    return "GroundTruth[" + ids.length + " queries, k " + k + "]";
  }

  private static int longest(String argument, long[][] lists) {
    int longest = 0;
    for (long[] list : lists) {
      longest = Math.max(longest, list.length);
    }
    if (longest == 0) {
      throw new IllegalArgumentException(argument + ": no answers, expected at least one");
    }
    return longest;
  }

  private static long[][] checkDistinct(String argument, long[][] lists) {
    for (int query = 0; query < lists.length; query++) {
      int distinct = IdSet.of(lists[query]).size();
      if (distinct != lists[query].length) {
        throw new IllegalArgumentException(
            argument
                + ": query "
                + query
                + " has "
                + lists[query].length
                + " answers, but only "
                + distinct
                + " different ids");
      }
    }
    return lists;
  }
}
