package dev.kith.internal.simd;

/**
 * Counts the bits in which rows of bit planes differ from the bit planes of a query, weighted: all
 * there is to an inner product of vectors at odd levels.
 *
 * <p>A component of {@code b} bits is the sum of {@code 2^p}, plus where bit p is set and minus
 * where it is clear. The inner product of two such vectors is {@code (2^a - 1) (2^b - 1) n - 2
 * count}, where {@code count} is the sum over all pairs of planes p and j of {@code 2^(p + j)}
 * times the bits in which they differ.
 *
 * <p>Counts are whole numbers, so every implementation gives the same bits.
 *
 * <p>Concurrency: without state, any number of threads.
 */
public interface PlaneKernel {
  /**
   * One query against many rows.
   *
   * @param planes the query: for each of its planes, the lowest first, as many longs as are read of
   *     a row, each the one that the long of the row is compared with
   * @param planeCount how many planes
   * @param shifts for each long that is read of a row the power of two that its bits count
   * @param rows the rows
   * @param ordinals which rows
   * @param from the first element of {@code ordinals} to use
   * @param count how many
   * @param out receives {@code count} sums, from 0 on: of {@code bitCount(row[k] ^ plane_j[k]) <<
   *     (j + shifts[k])}
   */
  void rows(
      long[] planes,
      int planeCount,
      long[] shifts,
      CodeRows rows,
      int[] ordinals,
      int from,
      int count,
      long[] out);
}
