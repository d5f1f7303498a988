package dev.kith.encoding;

/**
 * Scores codes that stand in a contiguous block.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface BlockScorer {
  /**
   * Sets the query and what the blocks to come are encoded relative to.
   *
   * @param vector the query, {@code dimension} components
   * @param context the context given when the blocks were encoded
   */
  void query(float[] vector, float[] context);

  /**
   * Scores the vectors of a block.
   *
   * @param block holds the block
   * @param offset its first long
   * @param count how many of its slots are in use
   * @param distances receives {@code count} estimated distances
   * @param lowerBounds receives {@code count} distances that the true ones are not below, with the
   *     encoding's own confidence; equal to {@code distances} where those are exact
   */
  void score(long[] block, int offset, int count, float[] distances, float[] lowerBounds);
}
