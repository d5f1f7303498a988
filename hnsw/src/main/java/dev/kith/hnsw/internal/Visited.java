package dev.kith.hnsw.internal;

import java.util.Arrays;

/**
 * Which rows a search has met: a stamp per row, so that emptying it is counting up.
 *
 * <p>Memory: two bytes a row for each search that runs at once.
 */
final class Visited {
  private short[] stamps = new short[0];
  private short now;

  /** Forgets everything and makes room for rows below a number. */
  void clear(int rows) {
    if (stamps.length < rows) {
      stamps = new short[rows + (rows >> 2)];
      now = 0;
    }
    now++;
    if (now == 0) {
      Arrays.fill(stamps, (short) 0);
      now = 1;
    }
  }

  /** Marks a row; true when it was not marked before. */
  boolean add(int row) {
    boolean fresh = stamps[row] != now;
    stamps[row] = now;
    return fresh;
  }

  /** Whether a row is marked. */
  boolean contains(int row) {
    return stamps[row] == now;
  }

  /** Marks rows and keeps those that were not marked before, without a branch; returns how many. */
  int addAll(int[] rows, int count) {
    short[] marks = stamps;
    short mark = now;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      rows[kept] = row;
      kept += marks[row] != mark ? 1 : 0;
      marks[row] = mark;
    }
    return kept;
  }

  /** Rows it has room for. */
  int room() {
    return stamps.length;
  }
}
