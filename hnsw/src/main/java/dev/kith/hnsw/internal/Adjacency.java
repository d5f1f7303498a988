package dev.kith.hnsw.internal;

/**
 * Who is linked to whom, to be read by searches.
 *
 * <p>Concurrency: any number of readers while one writer changes lists. A list that changes while
 * it is read may come out as a mix of the old and the new one; each entry is a row that was filled
 * in before it was linked.
 */
public interface Adjacency {
  /**
   * Where searches begin.
   *
   * @return a row and its level as {@link #entry} packs them, or -1 when there is none
   */
  long entryPoint();

  /**
   * Rows below this number may occur in a list that has been read.
   *
   * @return grows
   */
  int rows();

  /**
   * The most links of a row.
   *
   * @param level the level
   * @return at least 1
   */
  int maxLinks(int level);

  /**
   * Copies the links of a row.
   *
   * @param row the row
   * @param level a level that it has
   * @param target receives the linked rows
   * @return how many
   */
  int links(int row, int level, int[] target);

  /**
   * Brings the links of a row on level 0 into the cache, ahead of their use.
   *
   * @param row the row
   * @return of no meaning; to be used up, so that the read is not left out
   */
  int touch(int row);

  /**
   * Packs an entry point.
   *
   * @param row the row
   * @param level its level
   * @return both
   */
  static long entry(int row, int level) {
    return (long) level << 32 | row;
  }

  /**
   * The row of an entry point.
   *
   * @param entry from {@link #entry}
   * @return its row
   */
  static int entryRow(long entry) {
    return (int) entry;
  }

  /**
   * The level of an entry point.
   *
   * @param entry from {@link #entry}
   * @return its level
   */
  static int entryLevel(long entry) {
    return (int) (entry >> 32);
  }
}
