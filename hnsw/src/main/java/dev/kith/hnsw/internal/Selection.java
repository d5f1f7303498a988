package dev.kith.hnsw.internal;

import dev.kith.encoding.QueryScorer;

/**
 * Chooses neighbours by the heuristic of arXiv:1603.09320, algorithm 4 (without extension and
 * without keeping pruned ones, as hnswlib does): a candidate is kept when it is nearer to the row
 * than to every neighbour kept before it.
 *
 * <p>On a tie it is not kept: copies of one vector would fill each other's lists and cut themselves
 * off from the rest. And a kept copy of the row itself speaks against other copies only, or nothing
 * else would be kept.
 *
 * <p>When only one is kept, copies of it are kept too: a row by itself among many copies of another
 * would have one link to it and back, and a search that comes to the copies would hardly meet the
 * one that has it.
 *
 * <p>Concurrency: one thread.
 */
final class Selection {
  /**
   * Kept neighbours a candidate is compared with at once; most candidates fall at the first few.
   */
  private static final int STEP = 4;

  private final QueryScorer scorer;
  private final float[] distances = new float[STEP];

  Selection(QueryScorer scorer) {
    this.scorer = scorer;
  }

  /**
   * Chooses from candidates.
   *
   * @param sorted keys of candidates, ascending; distances are to the row that wants neighbours
   * @param count how many
   * @param most how many to keep
   * @param kept receives the chosen rows, nearest first
   * @return how many were chosen
   */
  int select(long[] sorted, int count, int most, int[] kept) {
    int size = 0;
    int copies = 0;
    for (int i = 0; i < count && size < most; i++) {
      int row = Keys.row(sorted[i]);
      float distance = Keys.distance(sorted[i]);
      if (isNearer(row, distance, kept, distance == 0 ? 0 : copies, size)) {
        kept[size++] = row;
        copies += distance == 0 ? 1 : 0;
      }
    }
    return size == 1 && copies == 0 ? withCopies(sorted, count, most, kept) : size;
  }

  /** Keeps copies of the only one that is kept. */
  private int withCopies(long[] sorted, int count, int most, int[] kept) {
    int size = 1;
    scorer.row(kept[0]);
    for (int i = 0; i < count && size < most; i++) {
      kept[size] = Keys.row(sorted[i]);
      scorer.score(kept, size, 1, distances);
      size += kept[size] != kept[0] && distances[0] == 0 ? 1 : 0;
    }
    return size;
  }

  private boolean isNearer(int row, float distance, int[] kept, int first, int size) {
    if (size > first) {
      scorer.row(row);
    }
    for (int from = first; from < size; from += STEP) {
      int n = Math.min(STEP, size - from);
      scorer.score(kept, from, n, distances);
      for (int i = 0; i < n; i++) {
        if (distances[i] <= distance) {
          return false;
        }
      }
    }
    return true;
  }
}
