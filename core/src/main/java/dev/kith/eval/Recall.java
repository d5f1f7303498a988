package dev.kith.eval;

import dev.kith.Hits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The share of the true k nearest vectors that an index found: recall@k.
 *
 * {@snippet file="dev/kith/examples/MeasureRecall.java" region="recall"}
 *
 * <p>For one query, let {@code m} be the smaller of k and the number of answers the truth has, and
 * the true nearest the first {@code m} of them. Only the first k hits are looked at, and an id
 * counts once. The recall of the query is the number of true nearest among them, divided by {@code
 * m}; it is 1 when {@code m} is 0, since nothing was there to be found. So when fewer than k
 * vectors exist (a small base, a narrow filter), finding them all gives 1.
 *
 * <p>Ties: when the truth has distances, vectors as far away as the last of the true nearest are as
 * good as that one. Of {@code m} places, {@code t} belong to the vectors at exactly that distance,
 * and the first {@code t} hits at it are counted, whichever they are. Which those are is what the
 * truth lists at that distance, beyond k too; where its list ends with that distance, a hit that it
 * does not list counts as tied when the index reports exactly that distance. Without distances only
 * the ids listed among the first {@code m} count.
 *
 * <p>Concurrency: immutable, any number of threads.
 */
public final class Recall {
  private final int k;
  private final double[] perQuery;

  private Recall(int k, double[] perQuery) {
    this.k = k;
    this.perQuery = perQuery;
  }

  /**
   * Measures recall@k.
   *
   * @param k how many of the true nearest should be found, from 1 to {@link GroundTruth#k()}
   * @param truth the exact answers
   * @param results what the index found for the same queries, in their order; searched with a k at
   *     least as large
   * @return the recall of each query and their mean
   * @throws IllegalArgumentException if k is out of range, there are no queries, or the number of
   *     results is not that of the queries
   */
  public static Recall at(int k, GroundTruth truth, List<Hits> results) {
    if (k < 1 || k > truth.k()) {
      throw new IllegalArgumentException(
          "k: " + k + ", expected 1 to " + truth.k() + ", the k of the ground truth");
    }
    if (results.size() != truth.size()) {
      throw new IllegalArgumentException(
          "results: " + results.size() + ", expected " + truth.size() + ", one for each query");
    }
    if (results.isEmpty()) {
      throw new IllegalArgumentException("results: empty, expected at least one");
    }
    double[] perQuery = new double[results.size()];
    for (int query = 0; query < perQuery.length; query++) {
      perQuery[query] =
          truth.hasDistances()
              ? recall(k, truth.k(), truth.ids(query), truth.distances(query), results.get(query))
              : recall(k, truth.ids(query), results.get(query));
    }
    return new Recall(k, perQuery);
  }

  /**
   * How many of the nearest were asked for.
   *
   * @return at least 1
   */
  public int k() {
    return k;
  }

  /**
   * The mean over all queries, each counting the same.
   *
   * @return from 0 to 1
   */
  public double mean() {
    return Arrays.stream(perQuery).sum() / perQuery.length;
  }

  /**
   * The recall of each query.
   *
   * @return a copy, in the order of the queries, from 0 to 1
   */
  public double[] perQuery() {
    return perQuery.clone();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "recall@%d = %.3f over %d queries", k, mean(), perQuery.length);
  }

  private static double recall(int k, long[] truth, Hits hits) {
    int m = Math.min(k, truth.length);
    Set<Long> nearest = set(truth, 0, m);
    int found = 0;
    for (int rank = 0; rank < Math.min(k, hits.size()); rank++) {
      if (nearest.remove(hits.id(rank))) {
        found++;
      }
    }
    return share(found, m);
  }

  private static double recall(int k, int truthK, long[] truth, float[] distances, Hits hits) {
    int m = Math.min(k, truth.length);
    if (m == 0) {
      return share(0, 0);
    }
    float last = distances[m - 1];
    int tieStart = m - 1;
    while (tieStart > 0 && distances[tieStart - 1] == last) {
      tieStart--;
    }
    int tieEnd = m;
    while (tieEnd < truth.length && distances[tieEnd] == last) {
      tieEnd++;
    }
    // A list that ends within the tie because it was cut off at its k may leave out tied vectors.
    boolean tieGoesOn = tieEnd == truthK;
    Set<Long> nearer = set(truth, 0, tieStart);
    Set<Long> tied = set(truth, tieStart, tieEnd);
    Set<Long> seen = new HashSet<>();
    int foundNearer = 0;
    int foundTied = 0;
    for (int rank = 0; rank < Math.min(k, hits.size()); rank++) {
      long id = hits.id(rank);
      if (!seen.add(id)) {
        continue;
      }
      if (nearer.contains(id)) {
        foundNearer++;
      } else if (tied.contains(id) || (tieGoesOn && hits.distance(rank) == last)) {
        foundTied++;
      }
    }
    return share(foundNearer + Math.min(foundTied, m - tieStart), m);
  }

  private static Set<Long> set(long[] ids, int from, int to) {
    Set<Long> set = new HashSet<>();
    for (int i = from; i < to; i++) {
      set.add(ids[i]);
    }
    return set;
  }

  private static double share(int found, int m) {
    return m == 0 ? 1 : (double) found / m;
  }
}
