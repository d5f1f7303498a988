package dev.kith.encoding;

/**
 * Estimates distances from codes that stand in a contiguous block.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface BlockScorer {
  /**
   * Sets the query.
   *
   * @param vector an admissible vector
   */
  void query(float[] vector);

  /**
   * Estimates the distances to the vectors of a block.
   *
   * @param block holds the block
   * @param offset its first long
   * @param base the distance from the query to the context that the block is encoded relative to
   * @param bound estimates below it count
   * @param estimates receives one for each slot; meaningless where the slot is empty
   * @return bit i is set when slot i is in use and its estimate is below the bound
   */
  int score(long[] block, int offset, float base, float bound, float[] estimates);

  /**
   * The distance from the query to the context that is all zero.
   *
   * @return under COSINE, where there is none, what estimates relative to it are based on
   */
  float baseOfZero();
}
