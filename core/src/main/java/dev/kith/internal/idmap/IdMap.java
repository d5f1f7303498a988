package dev.kith.internal.idmap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * From a caller's id to the row that holds its vector: open addressing with linear probing.
 *
 * <p>Concurrency: one writer, any number of readers without locks. A slot's key is written before
 * its value and never changes within a table, not even after a removal (the value then says
 * "removed"), so a reader that has matched a key reads a value of that key. A crowded table is
 * replaced by a fresh one, published whole. {@link #get} is linearizable: it gives a state the map
 * had while the call ran.
 *
 * <p>Memory: 12 bytes a slot, 1.5 to 3 slots an id, see {@link #bytes(long)}.
 */
public final class IdMap {
  /** What {@link #get} gives for an id that is not there. */
  public static final int ABSENT = -1;

  /** The most ids a map holds: two thirds of the largest table. */
  private static final int MAX_IDS = 715_000_000;

  private static final int FREE = 0;
  private static final int REMOVED = -1;
  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(int[].class);

  /** Values are the row + 1, {@link #FREE} or {@link #REMOVED}. */
  private static final class Table {
    private final long[] keys;
    private final int[] values;

    Table(int slots) {
      this.keys = new long[slots];
      this.values = new int[slots];
    }
  }

  private volatile Table table = tableFor(0);
  private int size;
  private int used;

  /**
   * The row of an id. Any thread.
   *
   * @param id any id
   * @return the row, or {@link #ABSENT}
   */
  public int get(long id) {
    Table t = table;
    long[] keys = t.keys;
    int[] values = t.values;
    int mask = values.length - 1;
    for (int slot = slot(id, mask); ; slot = (slot + 1) & mask) {
      int value = (int) VALUE.getAcquire(values, slot);
      if (value == FREE) {
        return ABSENT;
      }
      if (keys[slot] == id) {
        return value == REMOVED ? ABSENT : value - 1;
      }
    }
  }

  /**
   * All ids. Any thread; an id that is there during the whole call is among them.
   *
   * @return in no particular order
   */
  public long[] ids() {
    Table t = table;
    long[] ids = new long[16];
    int n = 0;
    for (int slot = 0; slot < t.values.length; slot++) {
      if ((int) VALUE.getAcquire(t.values, slot) > 0) {
        if (n == ids.length) {
          ids = Arrays.copyOf(ids, 2 * n);
        }
        ids[n++] = t.keys[slot];
      }
    }
    return Arrays.copyOf(ids, n);
  }

  /**
   * Sets the row of an id. The writer only.
   *
   * @param id any id
   * @param row zero or more
   * @return the row it had, or {@link #ABSENT}
   */
  public int put(long id, int row) {
    Table t = table;
    int slot = find(t, id);
    int old = t.values[slot];
    if (old == FREE) {
      if ((used + 1) * 3L > t.values.length * 2L) {
        t =
            rebuild(
                size < MAX_IDS
                    ? Math.min(MAX_IDS, size + (size >> 2) + 1)
                    : size + 1); // room to spare, or a full map that churns rebuilds at each id
        slot = find(t, id);
      }
      t.keys[slot] = id;
      used++;
    }
    if (old == FREE || old == REMOVED) {
      size++;
    }
    VALUE.setRelease(t.values, slot, row + 1);
    return old > 0 ? old - 1 : ABSENT;
  }

  /**
   * Forgets an id. The writer only.
   *
   * @param id any id
   * @return the row it had, or {@link #ABSENT}
   */
  public int remove(long id) {
    Table t = table;
    int slot = find(t, id);
    int old = t.values[slot];
    if (old == FREE || old == REMOVED) {
      return ABSENT;
    }
    size--;
    VALUE.setRelease(t.values, slot, REMOVED);
    return old - 1;
  }

  /**
   * Makes room, so that the next ids find it without rebuilding. The writer only.
   *
   * @param ids how many ids the map should hold
   */
  public void ensureCapacity(int ids) {
    if (slots(ids) > table.values.length) {
      rebuild(ids);
    }
  }

  /**
   * The number of ids. The writer only.
   *
   * @return zero or more
   */
  public int size() {
    return size;
  }

  /**
   * The bytes held now.
   *
   * @return heap bytes of the table
   */
  public long bytes() {
    return 12L * table.values.length;
  }

  /**
   * The bytes a map made for a number of ids holds.
   *
   * @param ids zero or more
   * @return heap bytes of the table
   */
  public static long bytes(long ids) {
    return 12L * slots(ids);
  }

  private Table rebuild(int ids) {
    Table old = table;
    Table fresh = tableFor(Math.max(ids, size));
    for (int i = 0; i < old.values.length; i++) {
      int value = old.values[i];
      if (value != FREE && value != REMOVED) {
        int slot = find(fresh, old.keys[i]);
        fresh.keys[slot] = old.keys[i];
        fresh.values[slot] = value;
      }
    }
    used = size;
    table = fresh;
    return fresh;
  }

  private static int find(Table t, long id) {
    int mask = t.values.length - 1;
    int slot = slot(id, mask);
    while (t.values[slot] != FREE && t.keys[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static Table tableFor(int ids) {
    if (ids > MAX_IDS) {
      throw new IllegalStateException("an id map holds at most " + MAX_IDS + " ids");
    }
    return new Table((int) slots(ids));
  }

  /** The smallest power of two of which the ids fill at most two thirds. */
  private static long slots(long ids) {
    long needed = Math.max(16, ids + ids / 2 + 1);
    long slots = Long.highestOneBit(needed);
    slots = slots < needed ? slots << 1 : slots;
    return Math.min(slots, 1L << 30);
  }

  private static int slot(long id, int mask) {
    long h = id * 0x9E37_79B9_7F4A_7C15L;
    return (int) (h ^ (h >>> 32)) & mask;
  }
}
