package dev.kith;

/**
 * Says which ids a search may return.
 *
 * <p>Concurrency: one filter may be asked by several threads at once when it is shared by requests
 * of a batch; a search of one request asks it from one thread at a time. An exception thrown by a
 * filter ends the search and reaches the caller unchanged.
 *
 * @see IdSet a set of ids, which lets an index choose a cheaper plan because it knows its size
 */
@FunctionalInterface
public interface IdFilter {
  /**
   * Tells whether an id may be part of the result. Must give the same answer for the same id
   * throughout one search.
   *
   * @param id an id in the index
   * @return true when the id may be returned
   */
  boolean accepts(long id);
}
