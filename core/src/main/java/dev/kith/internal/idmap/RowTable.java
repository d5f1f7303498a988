package dev.kith.internal.idmap;

import dev.kith.internal.concurrent.Epochs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The life of rows: which id a row holds, whether it is alive, and when it may be taken again.
 *
 * <p>A writer takes a row ({@link #take}), fills it in, and publishes it ({@link #publish}): the id
 * is written, the row turns alive, the id map flips to it, and the row that held the id before is
 * hidden. A hidden row is taken again only after every search that began before has ended.
 *
 * <p>Concurrency: one writer (methods marked so), any number of readers. A reader calls {@link
 * #view()} once and sees rows below its limit; it must ask {@link #current} before it returns a
 * row, since the row may have been hidden meanwhile.
 */
public final class RowTable {
  /** The most rows of an index. */
  public static final int MAX_ROWS = Integer.MAX_VALUE - 64;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /**
   * What a reader scans.
   *
   * <p>Bits of rows that are not published yet are zero; bits change in place while the view is
   * used.
   */
  public static final class View {
    private final long[] ids;
    private final long[] alive;
    private final int limit;
    private final long replacements;

    private View(long[] ids, long[] alive, int limit, long replacements) {
      this.ids = ids;
      this.alive = alive;
      this.limit = limit;
      this.replacements = replacements;
    }

    /**
     * Rows at or above this number are not part of the view.
     *
     * @return zero or more
     */
    public int limit() {
      return limit;
    }

    /**
     * Sixty-four rows at once.
     *
     * @param word the row divided by 64
     * @return a bit for each row, set when it is alive
     */
    public long alive(int word) {
      return (long) WORD.getAcquire(alive, word);
    }

    /**
     * The id of a row that is or was alive.
     *
     * @param row below the limit
     * @return its id
     */
    public long id(int row) {
      return ids[row];
    }
  }

  /** A hidden row and the epoch in which it was hidden. */
  private record Hidden(int row, long epoch) {}

  private final Epochs epochs;
  private final boolean keepsHidden;
  private final IdMap map = new IdMap();
  private final ArrayDeque<Hidden> hidden = new ArrayDeque<>();
  private volatile View view = new View(new long[0], new long[0], 0, 0);
  private volatile int size;

  /** How often an id has moved from one row to another. */
  private volatile long replacements;

  private int highest;

  /**
   * An empty table.
   *
   * @param epochs tells when searches have ended
   */
  public RowTable(Epochs epochs) {
    this(epochs, false);
  }

  private RowTable(Epochs epochs, boolean keepsHidden) {
    this.epochs = epochs;
    this.keepsHidden = keepsHidden;
  }

  /**
   * An empty table whose hidden rows stay out of use until {@link #letGo} says otherwise: an index
   * with links to them wants them whole until the last link is gone.
   *
   * @param epochs tells when searches have ended
   * @return the table
   */
  public static RowTable keepingHidden(Epochs epochs) {
    return new RowTable(epochs, true);
  }

  /**
   * The rows as they are now. Any thread.
   *
   * @return to be used within one search
   */
  public View view() {
    return view;
  }

  /**
   * The number of ids. Any thread.
   *
   * @return zero or more
   */
  public int size() {
    return size;
  }

  /**
   * The row of an id. Any thread.
   *
   * @param id any id
   * @return the row, or {@link IdMap#ABSENT}
   */
  public int row(long id) {
    return map.get(id);
  }

  /**
   * Whether a row still holds an id. Any thread.
   *
   * @param id the id
   * @param row the row a search found it in
   * @return false when the id was removed or replaced since
   */
  public boolean current(long id, int row) {
    return map.get(id) == row;
  }

  /**
   * Rows taken so far, hidden ones included. The writer only.
   *
   * @return the room needed in per-row arrays
   */
  public int rows() {
    return highest;
  }

  /**
   * Hidden rows, some of them perhaps not free yet. The writer only.
   *
   * @return zero or more
   */
  public int hiddenRows() {
    return hidden.size();
  }

  /**
   * The room that {@link #ensureRoom} would make, for arrays kept beside this table: they are to be
   * made first, so that running out of memory changes nothing here. The writer only.
   *
   * @param more rows that will be taken
   * @param exact whether these are expected at once, rather than one of many additions
   * @return rows
   */
  public int roomFor(int more, boolean exact) {
    int room = view.ids.length;
    long wanted = (long) highest + more - reusable(more);
    if (wanted > MAX_ROWS) {
      throw new IllegalStateException("an index holds at most " + MAX_ROWS + " rows");
    }
    if (wanted <= room) {
      return room;
    }
    // many small additions must not copy everything each time
    long amortised = room + (room >> 1) + 64L;
    long grown = exact && wanted >= amortised ? wanted : Math.max(wanted, amortised);
    return (int) Math.min(MAX_ROWS, grown);
  }

  /** Hidden rows that may be taken again, up to a number. */
  private int reusable(int most) {
    int reusable = 0;
    long safe = epochs.oldestSafe();
    for (Hidden h : hidden) {
      if (h.epoch > safe || reusable >= most) {
        break;
      }
      reusable++;
    }
    return reusable;
  }

  /**
   * Makes room for more rows. The writer only.
   *
   * @param more rows that will be taken
   * @param exact whether these are expected at once, rather than one of many additions
   * @return the room for rows there is now
   */
  public int ensureRoom(int more, boolean exact) {
    View v = view;
    int room = roomFor(more, exact);
    if (room > v.ids.length) {
      long[] ids = Arrays.copyOf(v.ids, room);
      long[] alive = Arrays.copyOf(v.alive, (room + 63) >>> 6);
      map.ensureCapacity(exact ? (int) Math.min(1 << 29, (long) size + more) : 0);
      view = new View(ids, alive, v.limit, v.replacements);
    }
    return room;
  }

  /**
   * Takes a row that no search can see. The writer only, after {@link #ensureRoom}.
   *
   * @return a row that is free, or a new one
   */
  public int take() {
    Hidden h = hidden.peek();
    if (h != null && h.epoch <= epochs.oldestSafe()) {
      hidden.remove();
      return h.row;
    }
    return highest++;
  }

  /**
   * Gives back a row that was taken and not published. The writer only.
   *
   * @param row a row from {@link #take}
   */
  public void giveBack(int row) {
    hidden.addFirst(new Hidden(row, 0));
  }

  /**
   * Shows a row that is filled in, in place of the row that held the id. The writer only.
   *
   * @param row a row from {@link #take}
   * @param id the id
   * @return the row that is hidden now, or {@link IdMap#ABSENT}
   */
  public int publish(int row, long id) {
    View v = view;
    v.ids[row] = id;
    int limit = Math.max(v.limit, row + 1);
    flip(v, row, true);
    boolean replaces = map.get(id) != IdMap.ABSENT;
    view = new View(v.ids, v.alive, limit, replacements);
    if (replaces) {
      replacements = view.replacements + 1; // before the flip: who saw both rows must notice
    }
    int old = map.put(id, row);
    size = map.size();
    if (replaces) {
      hide(old);
      view = new View(v.ids, v.alive, limit, replacements);
    }
    return old;
  }

  /**
   * Whether an id has moved from one row to another since a view was taken, so that both may have
   * been seen. Any thread.
   *
   * @param since the view
   * @return false when every id seen in the view was seen once
   */
  public boolean replacedSince(View since) {
    return replacements != since.replacements;
  }

  /**
   * Removes an id. The writer only.
   *
   * @param id any id
   * @return the row that is hidden now, or {@link IdMap#ABSENT}
   */
  public int remove(long id) {
    int row = map.remove(id);
    if (row != IdMap.ABSENT) {
      size = map.size();
      hide(row);
    }
    return row;
  }

  /**
   * All ids. Any thread.
   *
   * @return in no particular order
   */
  public long[] ids() {
    return map.ids();
  }

  /**
   * Heap bytes of ids and flags.
   *
   * @return without the id map
   */
  public long bytes() {
    View v = view;
    return 8L * v.ids.length + 8L * v.alive.length;
  }

  /**
   * Heap bytes of ids and flags for a number of rows.
   *
   * @param rows zero or more
   * @return without the id map
   */
  public static long bytes(long rows) {
    return 8L * rows + 8L * ((rows + 63) >>> 6);
  }

  /**
   * Heap bytes of the id map.
   *
   * @return now
   */
  public long mapBytes() {
    return map.bytes();
  }

  private void hide(int row) {
    flip(view, row, false);
    if (!keepsHidden) {
      letGo(row);
    }
  }

  /**
   * Lets a hidden row be taken again once searches that began before now have ended. The writer
   * only, and only of a table that keeps hidden rows.
   *
   * @param row a hidden row that nothing refers to any more
   */
  public void letGo(int row) {
    hidden.add(new Hidden(row, epochs.retire()));
  }

  private static void flip(View v, int row, boolean alive) {
    long word = v.alive[row >>> 6];
    long bit = 1L << row;
    long flipped = alive ? word | bit : word & ~bit;
    WORD.setRelease(v.alive, row >>> 6, flipped);
  }
}
