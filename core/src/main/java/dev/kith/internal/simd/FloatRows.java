package dev.kith.internal.simd;

import java.util.Arrays;

/**
 * Float32 rows on the heap, by ordinal, in the shape the kernels want: each row padded with zeros
 * to a multiple of 16 floats, in a few large arrays, the first row of an array 64 bytes from its
 * start.
 *
 * <p>An array object has a 16-byte header, so {@link #BASE} floats later a row stands 64 bytes
 * after the start of the object; large arrays start on a boundary in G1, and every row is then
 * aligned to a cache line. Alignment is speed only.
 *
 * <p>Concurrency: the arrangement is immutable; {@link #withCapacity} gives a larger one that
 * shares or copies the arrays. One writer sets rows of the newest arrangement that no reader has
 * been told of; readers keep whichever arrangement they have.
 */
public final class FloatRows {
  /** Floats before the first row of an array. */
  public static final int BASE = 12;

  /** The number of virtual lanes of every float kernel, and the unit of padding. */
  public static final int LANES = 16;

  /**
   * Floats in a full array at most (128 MiB): copying one while growing stays short, rounding to G1
   * regions small.
   */
  private static final int CHUNK_FLOATS = 1 << 25;

  private final float[][] chunks;
  private final int shift;
  private final int mask;
  private final int stride;
  private final int capacity;

  /**
   * No rows yet.
   *
   * @param dimension floats of a row before padding
   */
  public FloatRows(int dimension) {
    this.stride = padded(dimension);
    this.shift = 31 - Integer.numberOfLeadingZeros(CHUNK_FLOATS / stride);
    this.mask = (1 << shift) - 1;
    this.chunks = new float[0][];
    this.capacity = 0;
  }

  private FloatRows(FloatRows smaller, float[][] chunks, int capacity) {
    this.stride = smaller.stride;
    this.shift = smaller.shift;
    this.mask = smaller.mask;
    this.chunks = chunks;
    this.capacity = capacity;
  }

  /**
   * Rounds up to whole groups of lanes.
   *
   * @param dimension at least 1
   * @return the number of floats a row takes
   */
  public static int padded(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }

  /**
   * An arrangement with room for more rows; this one stays usable for the rows it has.
   *
   * @param rows the room wanted
   * @return this when it has the room
   */
  public FloatRows withCapacity(int rows) {
    if (rows <= capacity) {
      return this;
    }
    int perChunk = mask + 1;
    int count = (int) (((long) rows + mask) >>> shift);
    float[][] grown = Arrays.copyOf(chunks, count);
    for (int i = Math.max(0, chunks.length - 1); i < count; i++) {
      int rowsHere = (int) Math.min(perChunk, rows - (long) i * perChunk);
      int length = BASE + rowsHere * stride;
      if (i < chunks.length && chunks[i].length >= length) {
        continue;
      }
      grown[i] = i < chunks.length ? Arrays.copyOf(chunks[i], length) : new float[length];
    }
    return new FloatRows(this, grown, rows);
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
   * The length of a padded row.
   *
   * @return floats, a multiple of 16
   */
  public int stride() {
    return stride;
  }

  /**
   * The array that holds a row.
   *
   * @param ordinal the row
   * @return the array itself, not a copy
   */
  public float[] chunk(int ordinal) {
    return chunks[ordinal >>> shift];
  }

  /**
   * Where a row starts in its array.
   *
   * @param ordinal the row
   * @return index of its first float
   */
  public int offset(int ordinal) {
    return BASE + (ordinal & mask) * stride;
  }

  /**
   * Writes a row; the padding stays zero.
   *
   * @param ordinal the row
   * @param vector the unpadded vector
   */
  public void set(int ordinal, float[] vector) {
    System.arraycopy(vector, 0, chunk(ordinal), offset(ordinal), vector.length);
  }

  /**
   * Copies the first floats of a row.
   *
   * @param ordinal the row
   * @param target receives as many floats as it is long
   */
  public void copy(int ordinal, float[] target) {
    System.arraycopy(chunk(ordinal), offset(ordinal), target, 0, target.length);
  }

  /**
   * The heap bytes of a number of rows.
   *
   * @param dimension floats of a row before padding
   * @param rows how many rows
   * @return bytes of all arrays, without object headers
   */
  public static long bytes(int dimension, long rows) {
    return rows * padded(dimension) * Float.BYTES;
  }
}
