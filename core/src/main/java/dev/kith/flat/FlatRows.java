package dev.kith.flat;

import dev.kith.encoding.EncodedVectors;

/**
 * The rows of a flat index as a search sees them: in memory and changing, or stored and fixed.
 *
 * <p>Concurrency: used by one search.
 */
interface FlatRows {
  /** Rows at or above this number are not part of the view. */
  int limit();

  /** Sixty-four rows at once: a bit for each, set when it is alive. */
  long alive(int word);

  /** The id of a row that is or was alive. */
  long id(int row);

  /** The row of an id, or a negative number. */
  int row(long id);

  /** Whether a row still holds an id. */
  boolean current(long id, int row);

  /** The vectors of the rows. */
  EncodedVectors vectors();
}
