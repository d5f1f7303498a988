package dev.kith.encoding;

/**
 * Rows of encoded vectors, by ordinal.
 *
 * <p>Concurrency: any number of threads read rows that were published to them.
 */
public interface EncodedVectors {
  /**
   * A scorer of these rows.
   *
   * @return to be used by one thread at a time, and reused for many queries
   */
  QueryScorer scorer();

  /**
   * A scorer for many queries at once.
   *
   * @param maxQueries queries at most
   * @return to be used by one thread at a time
   */
  default TileScorer tiles(int maxQueries) {
    return new LoopingTileScorer(this, maxQueries);
  }

  /**
   * Restores a vector as well as the encoding can; exactly for float32.
   *
   * @param ordinal the row
   * @param target receives as many components as it is long
   */
  void decode(int ordinal, float[] target);

  /**
   * Memory held.
   *
   * @return bytes
   */
  long bytes();
}
