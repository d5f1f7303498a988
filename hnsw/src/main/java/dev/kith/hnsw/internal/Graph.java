package dev.kith.hnsw.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The links in memory: a fixed number of slots per row on level 0, and blocks of slots for the
 * levels above, of the few rows that reach them. Unused slots hold -1; a list ends at the first.
 *
 * <p>Concurrency: as {@link Adjacency} says. Different rows' lists may be written by different
 * threads at once; room is made and levels are set by the one writer alone.
 *
 * <p>Memory: {@code 4 * 2m} bytes a row on level 0 and, on average, {@code 4 * m / (m - 1)} for
 * levels above, plus 5 bytes.
 */
final class Graph implements Adjacency {
  /** Rows in a chunk of level-0 slots. */
  private static final int CHUNK_SHIFT = 14;

  private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
  private static final int NONE = -1;
  private static final int[] EMPTY = {};
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

  /** Is told of changes on level 0, by the threads that make them. */
  interface Listener {
    /** A row has no links, and nothing links to it. */
    void reset(int row);

    /** The links of a row have been set. */
    void relinked(int row);
  }

  private final int m;
  private final int slots0;

  /** Replaced as a whole when room is made; the arrays inside are shared. */
  private volatile int[][] level0 = new int[0][];

  /** The slots of levels 1 and above of a row, {@code level * m} ints. */
  private volatile int[][] upper = new int[0][];

  private volatile long entryPoint = -1;
  private volatile int rows;
  private final @Nullable Listener listener;

  /**
   * No rows yet.
   *
   * @param m links of a row on the levels above the lowest
   * @param listener is told of changes on level 0, or null
   */
  Graph(int m, @Nullable Listener listener) {
    this.m = m;
    this.slots0 = maxLinks0(m);
    this.listener = listener;
  }

  /** The most links of a row on level 0. */
  static int maxLinks0(int m) {
    return 2 * m;
  }

  @Override
  public long entryPoint() {
    return entryPoint;
  }

  void setEntryPoint(long entry) {
    entryPoint = entry;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int maxLinks(int level) {
    return level == 0 ? slots0 : m;
  }

  /** Makes room for rows below a number, without links. */
  void ensureCapacity(int capacity) {
    if (capacity > upper.length) {
      upper = Arrays.copyOf(upper, capacity);
    }
    int chunks = (int) (((long) capacity + CHUNK_ROWS - 1) >>> CHUNK_SHIFT);
    int[][] old = level0;
    int last = Math.max(0, old.length - 1);
    int[][] grown = Arrays.copyOf(old, chunks);
    for (int i = last; i < chunks; i++) {
      int rowsHere = Math.min(CHUNK_ROWS, capacity - (i << CHUNK_SHIFT));
      int length = rowsHere * slots0;
      int have = i < old.length ? old[i].length : 0;
      if (have < length) {
        grown[i] = i < old.length ? Arrays.copyOf(old[i], length) : new int[length];
        Arrays.fill(grown[i], have, length, NONE);
      }
    }
    level0 = grown;
  }

  /** Prepares a row that no search can reach: no links, and slots up to a level. */
  void reset(int row, int level) {
    Arrays.fill(level0[row >>> CHUNK_SHIFT], offset(row), offset(row) + slots0, NONE);
    int[] above = level == 0 ? EMPTY : new int[level * m];
    Arrays.fill(above, NONE);
    upper[row] = above;
    if (row >= rows) {
      rows = row + 1;
    }
    if (listener != null) {
      listener.reset(row);
    }
  }

  /** The highest level of a row. */
  int level(int row) {
    return upper[row].length / m;
  }

  @Override
  public int links(int row, int level, int[] target) {
    int[] list;
    int from;
    int slots;
    if (level == 0) {
      list = level0[row >>> CHUNK_SHIFT];
      from = offset(row);
      slots = slots0;
    } else {
      list = upper[row];
      from = (level - 1) * m;
      slots = m;
      if (list.length < from + m) {
        return 0; // the row was taken again on a lower level since this search met it
      }
    }
    int count = 0;
    while (count < slots) {
      int link = list[from + count];
      if (link < 0) {
        break;
      }
      target[count++] = link;
    }
    VarHandle.acquireFence();
    return count;
  }

  @Override
  public int touch(int row) {
    int[] list = level0[row >>> CHUNK_SHIFT];
    int first = offset(row);
    return list[first] + list[first + slots0 / 2];
  }

  /** Sets the links of a row on a level, each a row that is filled in. */
  void setLinks(int row, int level, int[] links, int count) {
    int[] list = level == 0 ? level0[row >>> CHUNK_SHIFT] : upper[row];
    int from = level == 0 ? offset(row) : (level - 1) * m;
    int slots = maxLinks(level);
    for (int i = 0; i < slots; i++) {
      int link = i < count ? links[i] : NONE;
      SLOT.setRelease(list, from + i, link);
    }
    if (listener != null && level == 0) {
      listener.relinked(row);
    }
  }

  private int offset(int row) {
    return (row & (CHUNK_ROWS - 1)) * slots0;
  }

  /** Heap bytes of a number of rows, expected: a row reaches level l with probability 1 / m^l. */
  static long bytes(int m, long rows) {
    double upper = rows / (m - 1.0) * (4.0 * m) + rows / (double) m * 16;
    return rows * (4L * 2 * m + 4) + (long) upper;
  }

  /** Heap bytes held. */
  long bytes() {
    long bytes = 0;
    for (int[] chunk : level0) {
      bytes += 4L * chunk.length;
    }
    int[][] above = upper;
    bytes += 4L * above.length;
    for (int row = 0; row < rows; row++) {
      bytes += above[row].length == 0 ? 0 : 16 + 4L * above[row].length;
    }
    return bytes;
  }
}
