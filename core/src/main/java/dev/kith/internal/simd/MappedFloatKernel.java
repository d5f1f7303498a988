package dev.kith.internal.simd;

/**
 * The twin of {@link FloatKernel} for rows in a mapped file: the same operation, the same bits.
 *
 * <p>Two kinds because a kernel that has met both heap arrays and native memory runs at half the
 * speed.
 */
public interface MappedFloatKernel {
  /**
   * One query against many rows.
   *
   * @param query the padded query, from 0 on
   * @param rows the rows
   * @param ordinals which rows
   * @param from the first element of {@code ordinals} to use
   * @param count how many
   * @param out receives {@code count} values, from 0 on
   * @throws IndexOutOfBoundsException if an ordinal is outside the file
   */
  void rows(float[] query, MappedFloatRows rows, int[] ordinals, int from, int count, float[] out);
}
