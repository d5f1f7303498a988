package dev.kith.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Float32 rows in a mapped file, by ordinal, padded like {@link FloatRows}: little-endian, one
 * after the other.
 *
 * <p>Concurrency: read-only.
 */
public final class MappedFloatRows {
  /** How a float stands in a file. */
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;
  private final int stride;

  /**
   * Wraps the section of a file.
   *
   * @param segment the rows
   * @param dimension floats of a row before padding
   */
  public MappedFloatRows(MemorySegment segment, int dimension) {
    this.segment = segment;
    this.stride = FloatRows.padded(dimension);
  }

  /**
   * All rows.
   *
   * @return the segment itself
   */
  public MemorySegment segment() {
    return segment;
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
   * Where a row starts.
   *
   * @param ordinal the row
   * @return bytes from the start of the segment
   */
  public long offset(int ordinal) {
    return (long) ordinal * stride * Float.BYTES;
  }

  /**
   * Copies the first floats of a row.
   *
   * @param ordinal the row
   * @param target receives floats
   * @param targetOffset the first element written
   * @param length how many floats
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public void copy(int ordinal, float[] target, int targetOffset, int length) {
    MemorySegment.copy(segment, FLOAT, offset(ordinal), target, targetOffset, length);
  }
}
