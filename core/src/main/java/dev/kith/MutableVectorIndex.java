package dev.kith;

/**
 * An index that vectors can be added to and removed from while others search it.
 *
 * <p>Concurrency: as for {@link VectorIndex}. Changes queue on one lock inside the index; each is
 * visible to every search that begins after the call has returned.
 *
 * <p>Durability: changes are in memory until {@link #save} returns.
 */
public interface MutableVectorIndex extends VectorIndex {
  /**
   * Stores a vector under an id, replacing what was stored there (upsert).
   *
   * @param id any long
   * @param vector {@link #dimension()} finite numbers; copied
   * @return true when the id is new, false when its vector was replaced
   * @throws IllegalArgumentException if the vector has the wrong dimension, holds NaN or infinity,
   *     has a squared norm that is not finite in float32 or, under COSINE, no direction; nothing is
   *     changed
   * @throws InsufficientMemoryException if it does not fit into the heap; nothing is changed
   */
  boolean add(long id, float[] vector);

  /**
   * Stores many vectors, in parallel and with the same outcome for any number of threads. The whole
   * source is checked first, so a bad row refuses the call and changes nothing. Of an id that
   * occurs more than once the last row wins.
   *
   * @param source the vectors
   * @param options threads, progress (in rows) and cancellation
   * @throws IllegalArgumentException if a row is refused, as for {@link #add}; the message names
   *     the row
   * @throws InsufficientMemoryException if the rows do not fit into the heap; nothing is changed
   * @throws BulkCancelledException if the work was cancelled or the calling thread interrupted;
   *     rows already published stay, see {@link BulkCancelledException#added()}
   */
  void addAll(VectorSource source, BulkOptions options);

  /**
   * Removes the vector stored under an id. Searches that begin afterwards never return it.
   *
   * @param id any id
   * @return true when something was removed, false when nothing was stored under the id
   */
  boolean remove(long id);

  /**
   * Finishes work that removals have left for later and gives back memory that removed vectors
   * still hold. Never needed for correct answers. Searches go on.
   */
  void compact();
}
