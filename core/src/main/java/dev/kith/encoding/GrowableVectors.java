package dev.kith.encoding;

/**
 * Rows that one writer fills in while others read.
 *
 * <p>Concurrency: one writer makes room and sets rows that no reader has been told of; different
 * rows may be set by different threads at once. Readers of published rows are not disturbed.
 */
public interface GrowableVectors extends EncodedVectors {
  /**
   * Makes room.
   *
   * @param rows ordinals below this can be set afterwards
   */
  void ensureCapacity(int rows);

  /**
   * Encodes a vector into a row.
   *
   * @param ordinal the row
   * @param vector an admissible vector, see {@link VectorCheck}
   */
  void set(int ordinal, float[] vector);
}
