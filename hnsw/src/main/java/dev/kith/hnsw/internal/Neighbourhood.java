package dev.kith.hnsw.internal;

import java.util.function.IntPredicate;

/**
 * Who could take the place of links that a row loses: the rows that it stays linked to, and those
 * behind the ones that leave.
 *
 * <p>Concurrency: one thread.
 */
final class Neighbourhood {
  /** Leaving rows that are looked through for one list; clusters may be removed whole. */
  private static final int LEAVING_AT_MOST = 128;

  /** Rows gathered, but for the rest of the list that is looked through. */
  private static final int ROWS_AT_MOST = 512;

  private final Visited seen = new Visited();
  private final int[] list;
  private final int[] leaving;
  private final int[] rows;
  private int leavingCount;
  private int count;
  private int staying;
  private int degree;

  Neighbourhood(int maxLinks) {
    this.list = new int[maxLinks];
    this.leaving = new int[LEAVING_AT_MOST];
    this.rows = new int[ROWS_AT_MOST + maxLinks];
  }

  /**
   * Gathers the neighbourhood of a row.
   *
   * @return whether one of its links leaves; if not, nothing more is gathered
   */
  boolean gather(Adjacency graph, int row, int level, IntPredicate leaves) {
    seen.clear(graph.rows());
    seen.add(row);
    count = 0;
    leavingCount = 0;
    degree = graph.links(row, level, list);
    sift(degree, leaves);
    staying = count;
    for (int next = 0; next < leavingCount && count < ROWS_AT_MOST; next++) {
      sift(graph.links(leaving[next], level, list), leaves);
    }
    return leavingCount > 0;
  }

  private void sift(int size, IntPredicate leaves) {
    int fresh = seen.addAll(list, size);
    for (int i = 0; i < fresh; i++) {
      if (!leaves.test(list[i])) {
        rows[count++] = list[i];
      } else if (leavingCount < LEAVING_AT_MOST) {
        leaving[leavingCount++] = list[i];
      }
    }
  }

  /** The rows, those that the row stays linked to first. */
  int[] rows() {
    return rows;
  }

  /** How many rows. */
  int count() {
    return count;
  }

  /** How many of them the row stays linked to. */
  int staying() {
    return staying;
  }

  /** How many links the row had. */
  int degree() {
    return degree;
  }
}
