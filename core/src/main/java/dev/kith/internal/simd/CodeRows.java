package dev.kith.internal.simd;

import java.util.Arrays;

/**
 * Rows of codes on the heap, by ordinal: the words of a code and behind them a few more longs, such
 * as the numbers that turn a count into a distance.
 *
 * <p>A kernel reads the first {@link #length()} longs of a row, whole groups of eight: the code,
 * and whatever stands behind it in its last group. A row takes {@code max(length, words + extras)}
 * longs. It is then a multiple of 64 bytes, and aligned as {@link FloatRows} aligns, or so little
 * longer that it lies in no more cache lines on average than if it were padded.
 *
 * <p>Concurrency: as {@link FloatRows}: immutable, one writer sets rows that no reader has been
 * told of, readers keep whichever arrangement they have.
 */
public final class CodeRows {
  /** Longs of a group: kernels read whole ones. */
  public static final int GROUP = 8;

  /** Longs before the first row of an array; it then stands 64 bytes after the object. */
  private static final int BASE = 6;

  /** Longs in a full array at most (128 MiB). */
  private static final int CHUNK_LONGS = 1 << 24;

  private final long[][] chunks;
  private final int shift;
  private final int mask;
  private final int words;
  private final int stride;
  private final int capacity;

  /**
   * No rows yet.
   *
   * @param words longs of a code
   * @param extras longs behind it
   */
  public CodeRows(int words, int extras) {
    this.words = words;
    this.stride = stride(words, extras);
    this.shift = 31 - Integer.numberOfLeadingZeros(CHUNK_LONGS / stride);
    this.mask = (1 << shift) - 1;
    this.chunks = new long[0][];
    this.capacity = 0;
  }

  private CodeRows(CodeRows smaller, long[][] chunks, int capacity) {
    this.words = smaller.words;
    this.stride = smaller.stride;
    this.shift = smaller.shift;
    this.mask = smaller.mask;
    this.chunks = chunks;
    this.capacity = capacity;
  }

  private static int length(int words) {
    return (words + GROUP - 1) / GROUP * GROUP;
  }

  private static int stride(int words, int extras) {
    return Math.max(length(words), words + extras);
  }

  /**
   * An arrangement with room for more rows; this one stays usable for the rows it has.
   *
   * @param rows the room wanted
   * @return this when it has the room
   */
  public CodeRows withCapacity(int rows) {
    if (rows <= capacity) {
      return this;
    }
    int perChunk = mask + 1;
    int count = (int) (((long) rows + mask) >>> shift);
    long[][] grown = Arrays.copyOf(chunks, count);
    for (int i = Math.max(0, chunks.length - 1); i < count; i++) {
      int rowsHere = (int) Math.min(perChunk, rows - (long) i * perChunk);
      int needed = BASE + rowsHere * stride;
      if (i < chunks.length && chunks[i].length >= needed) {
        continue;
      }
      grown[i] = i < chunks.length ? Arrays.copyOf(chunks[i], needed) : new long[needed];
    }
    return new CodeRows(this, grown, rows);
  }

  /**
   * The room for rows.
   *
   * @return ordinals below this may be used
   */
  public int capacity() {
    return capacity;
  }

  /**
   * The longs of a code; what stands behind it begins there.
   *
   * @return at least 1
   */
  public int words() {
    return words;
  }

  /**
   * The longs that a kernel reads.
   *
   * @return a multiple of 8
   */
  public int length() {
    return length(words);
  }

  /**
   * The array that holds a row.
   *
   * @param ordinal the row
   * @return the array itself, not a copy
   */
  public long[] chunk(int ordinal) {
    return chunks[ordinal >>> shift];
  }

  /**
   * Where a row starts in its array.
   *
   * @param ordinal the row
   * @return index of its first long
   */
  public int offset(int ordinal) {
    return BASE + (ordinal & mask) * stride;
  }

  /**
   * The heap bytes of the rows there is room for.
   *
   * @return bytes of all arrays, without object headers
   */
  public long bytes() {
    return (long) capacity * stride * Long.BYTES;
  }

  /**
   * The heap bytes of a number of rows.
   *
   * @param words longs of a code
   * @param extras longs behind it
   * @param rows how many rows
   * @return bytes of all arrays, without object headers
   */
  public static long bytes(int words, int extras, long rows) {
    return rows * stride(words, extras) * Long.BYTES;
  }
}
