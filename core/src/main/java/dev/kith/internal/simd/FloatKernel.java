package dev.kith.internal.simd;

/**
 * One operation on pairs of float32 rows, an inner product or a squared distance, for rows on the
 * heap.
 *
 * <p>Every implementation gives the same bits: 16 virtual lanes, one accumulator a lane, one fused
 * multiply-add an element, and at the end the lanes are added in a fixed tree ({@code i} with
 * {@code i + 8}, then {@code i + 4}, {@code i + 2}, {@code i + 1}). Zero padding does not change a
 * result.
 *
 * <p>Concurrency: without state, any number of threads.
 */
public interface FloatKernel {
  /**
   * One row against one row.
   *
   * @param a an array
   * @param aOffset where its row starts
   * @param b an array
   * @param bOffset where its row starts
   * @param length floats to read, a multiple of 16
   * @return the value
   */
  float pair(float[] a, int aOffset, float[] b, int bOffset, int length);

  /**
   * One query against many rows.
   *
   * @param query the padded query, from 0 on: an offset would cost a check of bounds in each step
   * @param rows the rows
   * @param ordinals which rows
   * @param from the first element of {@code ordinals} to use
   * @param count how many
   * @param out receives {@code count} values, from 0 on
   */
  void rows(float[] query, FloatRows rows, int[] ordinals, int from, int count, float[] out);

  /**
   * One query against many rows that lie one after the other in memory: each value as {@link #rows}
   * gives it. Random rows want several misses under way at once, a scan wants few long streams.
   *
   * @param query the padded query, from 0 on
   * @param rows the rows
   * @param ordinals which rows, mostly ascending by one
   * @param count how many of {@code ordinals}, from 0 on
   * @param out receives {@code count} values, from 0 on
   */
  void scan(float[] query, FloatRows rows, int[] ordinals, int count, float[] out);

  /**
   * Many queries against many rows: each value as {@link #rows} gives it.
   *
   * @param queries padded queries, one after the other, the first at {@link FloatRows#BASE}
   * @param queryCount how many
   * @param rows the rows, of the queries' padded length
   * @param ordinals which rows
   * @param count how many of {@code ordinals}, from 0 on
   * @param out receives {@code queryCount * count} values, those of a query together
   */
  void tile(
      float[] queries, int queryCount, FloatRows rows, int[] ordinals, int count, float[] out);
}
