package dev.kith.encoding;

import dev.kith.Metric;

/**
 * An encoding that can also lay out codes in contiguous blocks: for list scans, and for codes that
 * stand inside the adjacency block of a graph node. A block holds the codes of a fixed number of
 * vectors, woven together as its kernel likes them.
 *
 * <p>Concurrency: immutable.
 */
public interface BlockEncoding extends Encoding {
  /**
   * Vectors in one block.
   *
   * @return at least 1
   */
  int vectorsPerBlock();

  /**
   * The size of a block.
   *
   * @param dimension components of every vector
   * @return longs
   */
  int blockLongs(int dimension);

  /**
   * Encodes a vector into its slot of a block.
   *
   * @param vector the vector
   * @param context what it is encoded relative to, such as the centre of a cell; all zero for none
   * @param block holds the block
   * @param offset the first long of the block
   * @param slot from 0 to {@code vectorsPerBlock() - 1}
   */
  void encode(float[] vector, float[] context, long[] block, int offset, int slot);

  /**
   * A scorer of blocks.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @return to be used by one thread
   */
  BlockScorer blockScorer(int dimension, Metric metric);
}
