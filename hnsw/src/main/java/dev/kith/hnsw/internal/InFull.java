package dev.kith.hnsw.internal;

import dev.kith.encoding.QueryScorer;
import java.util.Arrays;

/**
 * Replaces estimated distances by those to full vectors.
 *
 * <p>Concurrency: one search at a time; it holds all scratch space.
 */
final class InFull {
  private int[] rows = new int[64];
  private float[] distances = new float[64];

  /**
   * Looks at rows in full.
   *
   * @param exact a scorer of full vectors, which has the query
   * @param keys keys of rows, which receive the new distances and are sorted by them
   * @param count how many
   */
  void look(QueryScorer exact, long[] keys, int count) {
    if (rows.length < count) {
      rows = new int[count];
      distances = new float[count];
    }
    for (int i = 0; i < count; i++) {
      rows[i] = Keys.row(keys[i]);
    }
    exact.score(rows, 0, count, distances);
    for (int i = 0; i < count; i++) {
      keys[i] = Keys.key(distances[i], rows[i]);
    }
    Arrays.sort(keys, 0, count);
  }
}
