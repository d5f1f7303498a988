package dev.kith.encoding;

/**
 * Lays out codes in contiguous blocks: for codes that stand inside the adjacency block of a graph
 * node, and for list scans. A block holds the codes of a fixed number of vectors, woven together as
 * its kernel likes them, each relative to one context: the node's own vector, or the centre of a
 * cell.
 *
 * <p>Concurrency: immutable.
 */
public interface BlockEncoding {
  /**
   * Vectors in one block.
   *
   * @return at least 1
   */
  int vectorsPerBlock();

  /**
   * The size of a block.
   *
   * @return longs
   */
  int blockLongs();

  /**
   * An encoder of vectors.
   *
   * @return to be used by one thread
   */
  BlockEncoder encoder();

  /**
   * A scorer of blocks.
   *
   * @return to be used by one thread
   */
  BlockScorer scorer();

  /**
   * Empties a slot: it never scores below any bound.
   *
   * @param block holds the block
   * @param offset its first long
   * @param slot from 0 to {@code vectorsPerBlock() - 1}
   */
  void clear(long[] block, int offset, int slot);

  /**
   * Copies the code of one slot to another.
   *
   * @param from holds the block that has it
   * @param fromOffset the first long of that block
   * @param fromSlot its slot there
   * @param to holds the block that receives it, encoded relative to the same context
   * @param toOffset the first long of that block
   * @param toSlot its slot there
   */
  void copy(long[] from, int fromOffset, int fromSlot, long[] to, int toOffset, int toSlot);
}
