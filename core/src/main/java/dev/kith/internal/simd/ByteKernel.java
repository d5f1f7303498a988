package dev.kith.internal.simd;

/**
 * Inner products of a query and rows of signed bytes, eight to a long, the lowest first.
 *
 * <p>Products are whole numbers, so every implementation gives the same bits. Query and rows lie
 * within -127 and 127: two products fit 16 bits, and sums over 65,536 components fit 32.
 *
 * <p>Concurrency: without state, any number of threads.
 */
public interface ByteKernel {
  /** The highest value of a component, in a row and in a query; the lowest is its negative. */
  int HIGHEST = 127;

  /**
   * One query against many rows.
   *
   * @param even components 0, 2, 4, ... of the query, four for each long that is read of a row;
   *     zero where a row holds something else than its code
   * @param odd components 1, 3, 5, ...
   * @param rows the rows
   * @param ordinals which rows
   * @param from the first element of {@code ordinals} to use
   * @param count how many
   * @param out receives {@code count} products, from 0 on
   */
  void rows(
      short[] even, short[] odd, CodeRows rows, int[] ordinals, int from, int count, int[] out);

  /**
   * Makes a row the query.
   *
   * @param rows the rows
   * @param ordinal which row
   * @param even receives components 0, 2, 4, ..., four for each long that is read of a row; of what
   *     stands behind the code in its last group, too
   * @param odd receives components 1, 3, 5, ...
   */
  void split(CodeRows rows, int ordinal, short[] even, short[] odd);
}
