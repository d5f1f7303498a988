package dev.kith.flat;

import dev.kith.Hits;
import dev.kith.SearchStats;
import dev.kith.internal.topk.TopK;
import java.util.Arrays;

/**
 * The end of a search: what it found, in order, without rows that were removed or replaced
 * meanwhile.
 */
final class TopHits {
  private TopHits() {}

  static Hits of(TopK top, FlatRows rows, boolean complete, SearchStats stats) {
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
    if (kept < size) {
      distances = Arrays.copyOf(distances, kept);
      ids = Arrays.copyOf(ids, kept);
    }
    return Hits.of(ids, distances, complete, stats);
  }
}
