package dev.kith.hnsw.internal;

/**
 * The rows with the best estimates so far, in order, and which of them have been expanded. A row
 * may stand in it several times, with estimates from different neighbours; the best one counts
 * first.
 *
 * <p>Concurrency: one search.
 */
final class Shortlist {
  /** The lowest bit of an entry: whether it has been expanded. The row stands above it. */
  private static final long EXPANDED = 1;

  private long[] entries = new long[0];
  private int width;
  private int size;

  /** All entries before this one have been expanded. */
  private int cursor;

  void reset(int width) {
    if (entries.length < width) {
      entries = new long[width];
    }
    this.width = width;
    this.size = 0;
    this.cursor = 0;
  }

  /** An estimate must be below this to be taken. */
  float bound() {
    return size < width ? Float.POSITIVE_INFINITY : Keys.distance(entries[size - 1]);
  }

  /** Takes an estimate if it is among the best. */
  void insert(float estimate, int row) {
    long entry = Keys.key(estimate, 0) | (long) row << 1;
    if (size == width && entry >= entries[size - 1]) {
      return;
    }
    int place = place(entry);
    if (place < size && (entries[place] & ~EXPANDED) == entry) {
      return; // the same estimate, from another copy of the link
    }
    int moved = Math.min(size, width - 1) - place;
    System.arraycopy(entries, place, entries, place + 1, moved);
    entries[place] = entry;
    size = Math.min(size + 1, width);
    cursor = Math.min(cursor, place);
  }

  private int place(long entry) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries[middle] < entry) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Takes the best rows that have not been expanded, each row once; returns how many. */
  int expand(int[] rows, int most, Visited expanded) {
    int count = 0;
    while (cursor < size && count < most) {
      long entry = entries[cursor];
      if ((entry & EXPANDED) == 0) {
        entries[cursor] = entry | EXPANDED;
        int row = (int) entry >>> 1;
        if (expanded.add(row)) {
          rows[count++] = row;
        }
      }
      cursor++;
    }
    return count;
  }
}
