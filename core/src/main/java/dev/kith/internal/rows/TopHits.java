package dev.kith.internal.rows;

import dev.kith.Hits;
import dev.kith.SearchStats;
import dev.kith.internal.topk.TopK;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The end of a search: what it found, in order, without rows that were removed or replaced
 * meanwhile.
 */
public final class TopHits {
  private TopHits() {}

  /**
   * Takes everything out of the queue.
   *
   * @param top the best rows
   * @param rows tells which of them are still current
   * @param complete whether the search ran to its end
   * @param stats the work done
   * @return the hits
   */
  public static Hits of(TopK top, Rows rows, boolean complete, SearchStats stats) {
    int size = top.size();
    float[] distances = new float[size];
    long[] ids = new long[size];
    int[] ordinals = new int[size];
    top.drain(distances, ids, ordinals);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (rows.current(ids[i], ordinals[i])) {
        distances[kept] = distances[i];
        ids[kept++] = ids[i];
      }
    }
    if (rows.replacedMeanwhile()) {
      kept = withoutRepetition(distances, ids, kept);
    }
    if (kept < size) {
      distances = Arrays.copyOf(distances, kept);
      ids = Arrays.copyOf(ids, kept);
    }
    return Hits.of(ids, distances, complete, stats);
  }

  /**
   * Keeps the nearer of two rows of one id: both can be current when they are looked at one after
   * the other and the id moves from one to the other in between.
   */
  private static int withoutRepetition(float[] distances, long[] ids, int count) {
    Set<Long> seen = new HashSet<>();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (seen.add(ids[i])) {
        distances[kept] = distances[i];
        ids[kept++] = ids[i];
      }
    }
    return kept;
  }
}
