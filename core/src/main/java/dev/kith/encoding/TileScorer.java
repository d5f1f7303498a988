package dev.kith.encoding;

/**
 * Computes the distances of many queries to many rows, reading each row once: the same bits as a
 * {@link QueryScorer}.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface TileScorer {
  /**
   * Sets one of the queries.
   *
   * @param slot from 0 on, below the number of queries given when the scorer was made
   * @param vector an admissible vector; copied
   */
  void query(int slot, float[] vector);

  /**
   * Computes distances.
   *
   * @param queries how many of the queries, from slot 0 on
   * @param ordinals rows, from 0 on
   * @param count how many rows
   * @param out receives {@code queries * count} distances, those of a query together
   */
  void score(int queries, int[] ordinals, int count, float[] out);
}
