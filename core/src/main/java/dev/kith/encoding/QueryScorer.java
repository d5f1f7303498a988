package dev.kith.encoding;

/**
 * Computes distances from one query to rows, a batch of ordinals at a time. One virtual call scores
 * a batch, so calls may go to many implementations while the kernel beneath stays fast.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface QueryScorer {
  /**
   * Sets the query.
   *
   * @param vector an admissible vector of the right dimension; copied
   */
  void query(float[] vector);

  /**
   * Makes a row the query: distances between rows, as building a graph needs them.
   *
   * @param ordinal a row
   */
  void row(int ordinal);

  /**
   * Computes distances.
   *
   * @param ordinals rows
   * @param from the first element to use
   * @param count how many
   * @param out receives {@code count} distances from 0 on; never NaN for admissible vectors
   */
  void score(int[] ordinals, int from, int count, float[] out);

  /**
   * Computes distances to rows that lie one after the other: the same bits as {@link #score},
   * faster for scans.
   *
   * @param ordinals rows, from 0 on, mostly ascending by one
   * @param count how many
   * @param out receives {@code count} distances from 0 on
   */
  default void scan(int[] ordinals, int count, float[] out) {
    score(ordinals, 0, count, out);
  }
}
