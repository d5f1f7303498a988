package dev.kith;

import java.util.Arrays;

/**
 * An immutable set of ids, usable as a filter whose size is known.
 *
 * <p>Concurrency: immutable, any number of threads. Memory: 8 bytes per id for the sorted ids and
 * 16 to 32 bytes per id for the hash table that answers {@link #accepts}.
 */
public final class IdSet implements IdFilter {
  private final long[] sorted;
  private final long[] table;
  private final boolean holdsFreeMark;

  /** Marks a free place in the table; whether the set holds this very id is kept aside. */
  private static final long FREE = 0x8000_0000_0000_0000L;

  private IdSet(long[] sorted) {
    this.sorted = sorted;
    int capacity = Integer.highestOneBit(Math.max(8, sorted.length)) << 2;
    this.table = new long[capacity];
    Arrays.fill(table, FREE);
    boolean free = false;
    for (long id : sorted) {
      if (id == FREE) {
        free = true;
        continue;
      }
      int slot = slot(id);
      while (table[slot] != FREE) {
        slot = (slot + 1) & (capacity - 1);
      }
      table[slot] = id;
    }
    this.holdsFreeMark = free;
  }

  /**
   * Makes a set of the given ids; repeated ids count once.
   *
   * @param ids the ids, copied
   * @return the set
   * @throws IllegalArgumentException if there are more than 2^28 ids
   */
  public static IdSet of(long... ids) {
    if (ids.length > 1 << 28) {
      throw new IllegalArgumentException("ids: " + ids.length + " ids, at most " + (1 << 28));
    }
    long[] copy = ids.clone();
    Arrays.sort(copy);
    int n = 0;
    for (int i = 0; i < copy.length; i++) {
      if (i == 0 || copy[i] != copy[i - 1]) {
        copy[n++] = copy[i];
      }
    }
    return new IdSet(Arrays.copyOf(copy, n));
  }

  /**
   * The number of ids.
   *
   * @return zero or more
   */
  public int size() {
    return sorted.length;
  }

  /**
   * The ids in ascending order.
   *
   * @return a copy
   */
  public long[] toArray() {
    return sorted.clone();
  }

  /**
   * The id at a place of the ascending order.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the id
   * @throws IndexOutOfBoundsException if the index is outside that range
   */
  public long id(int index) {
    return sorted[index];
  }

  @Override
  public boolean accepts(long id) {
    if (id == FREE) {
      return holdsFreeMark;
    }
    int slot = slot(id);
    while (true) {
      long found = table[slot];
      if (found == id) {
        return true;
      }
      if (found == FREE) {
        return false;
      }
      slot = (slot + 1) & (table.length - 1);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdSet set && Arrays.equals(sorted, set.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return "IdSet[" + sorted.length + " ids]";
  }

  private int slot(long id) {
    long mixed = id * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> 32) & (table.length - 1);
  }
}
