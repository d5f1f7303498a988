package dev.kith.hnsw.internal;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Rows whose links on level 0 have changed since their codes were brought up to them.
 *
 * <p>Concurrency: any thread may note; taking them is the writer's, while nobody notes.
 */
final class Changes {
  private final BitSet noted = new BitSet();
  private int[] rows = new int[64];
  private int count;

  synchronized void note(int row) {
    if (!noted.get(row)) {
      noted.set(row);
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
      }
      rows[count++] = row;
    }
  }

  /** The rows, in any order; forgets them. */
  synchronized int[] take() {
    int[] taken = Arrays.copyOf(rows, count);
    for (int row : taken) {
      noted.clear(row);
    }
    count = 0;
    return taken;
  }
}
