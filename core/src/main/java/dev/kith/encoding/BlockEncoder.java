package dev.kith.encoding;

/**
 * Encodes vectors into blocks.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface BlockEncoder {
  /**
   * Sets what the vectors to come are encoded relative to.
   *
   * @param vector an admissible vector, see {@link VectorCheck}; or all zero, under every metric
   */
  void context(float[] vector);

  /**
   * Encodes a vector into a slot of a block.
   *
   * @param vector an admissible vector
   * @param block holds the block
   * @param offset its first long
   * @param slot from 0 to {@code vectorsPerBlock() - 1}
   */
  void encode(float[] vector, long[] block, int offset, int slot);
}
