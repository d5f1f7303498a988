package dev.kith.internal.rows;

import dev.kith.encoding.EncodedVectors;
import java.util.Arrays;

/**
 * The rows of an index as a search sees them: in memory and changing, or stored and fixed.
 *
 * <p>Concurrency: as {@link dev.kith.internal.idmap.RowTable} says.
 */
public interface Rows {
  /**
   * Rows at or above this number are not part of the view.
   *
   * @return zero or more
   */
  int limit();

  /**
   * The number of rows that are alive.
   *
   * @return zero or more; in rows that change, as of now
   */
  int size();

  /**
   * All ids.
   *
   * @return a new array, in no particular order
   */
  long[] ids();

  /**
   * Sixty-four rows at once.
   *
   * @param word the row divided by 64
   * @return a bit for each row, set when it is alive
   */
  long alive(int word);

  /**
   * The id of a row that is or was alive.
   *
   * @param row below the limit
   * @return its id
   */
  long id(int row);

  /**
   * The row of an id.
   *
   * @param id any id
   * @return its row, or a negative number
   */
  int row(long id);

  /**
   * Whether a row still holds an id.
   *
   * @param id the id
   * @param row the row a search found it in
   * @return false when the id was removed or replaced since
   */
  boolean current(long id, int row);

  /**
   * Whether an id may have been met in two rows since this view was taken, because its vector was
   * replaced.
   *
   * @return false when no id can occur twice among the rows met
   */
  boolean replacedMeanwhile();

  /**
   * The vectors of the rows.
   *
   * @return by row
   */
  EncodedVectors vectors();

  /**
   * The rows that are alive, in ascending order.
   *
   * @return a new array
   */
  default int[] living() {
    int[] rows = new int[limit()];
    int n = 0;
    for (int word = 0; word < (limit() + 63) >>> 6; word++) {
      for (long bits = alive(word); bits != 0; bits &= bits - 1) {
        rows[n++] = (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return Arrays.copyOf(rows, n);
  }
}
