package dev.kith;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the nearest stored vectors of a query.
 *
 * <p>Every index type, exact or approximate, in memory or mapped from files, is used through this
 * interface; those that can change are {@link MutableVectorIndex}. Open a saved index with {@link
 * VectorIndexes#open(Path)}.
 *
 * <p>Ids are any {@code long}, chosen by the caller, unique in an index. Results are deterministic:
 * ascending distance, ties by smaller id.
 *
 * <p>Concurrency: any number of threads may call any method at any time. Searches never lock and
 * never wait for a writer; they see what was published when they began, and possibly newer vectors.
 * A search that overlaps the replacement of an id may miss that id; it never returns an id twice,
 * or one that was removed before the search began.
 *
 * <p>Every method but {@link #close()} throws {@link IndexClosedException} once the index is
 * closed.
 */
public interface VectorIndex extends AutoCloseable {
  /**
   * The number of vectors stored and visible to searches.
   *
   * @return zero or more
   */
  int size();

  /**
   * The number of components of every vector.
   *
   * @return from 1 to 65,536
   */
  int dimension();

  /**
   * How distances are measured.
   *
   * @return the metric
   */
  Metric metric();

  /**
   * Tells whether a vector is stored under an id.
   *
   * @param id any id
   * @return true when it is
   */
  boolean contains(long id);

  /**
   * The vector stored under an id, exactly as it was given, under every metric.
   *
   * @param id an id in the index
   * @return a new array of length {@link #dimension()}
   * @throws java.util.NoSuchElementException if nothing is stored under the id
   * @throws UnsupportedOperationException if the index was configured not to keep full vectors; the
   *     message names the option
   */
  float[] vector(long id);

  /**
   * All ids.
   *
   * @return a new array, ascending
   */
  long[] ids();

  /**
   * Searches for the nearest vectors of one query.
   *
   * @param request the query, k and optional limits
   * @return at most k hits, nearest first
   * @throws IllegalArgumentException if the query has another dimension than the index, a squared
   *     norm that is not finite in float32, or, under COSINE, no direction; or if the params belong
   *     to another kind of approximate index
   */
  Hits search(SearchRequest request);

  /**
   * Searches for many queries at once: on several threads, and sharing the work of reading the
   * index. The results equal those of single searches, bit for bit.
   *
   * @param requests the requests; their filters may be asked from several threads
   * @param options threads, progress (in requests) and cancellation
   * @return one result per request, in their order
   * @throws IllegalArgumentException if a request is refused; the message names its position
   * @throws BulkCancelledException if the work was cancelled or the calling thread interrupted; no
   *     result is returned
   */
  List<Hits> searchAll(List<SearchRequest> requests, BulkOptions options);

  /**
   * Describes the index in a line that can make an empty one like it.
   *
   * @return the spec
   */
  IndexSpec spec();

  /**
   * Sizes and memory at this moment.
   *
   * @return a snapshot
   */
  IndexStats stats();

  /**
   * Saves the index into a directory: all or nothing, and durable when it returns.
   *
   * <p>The directory is created when it does not exist (its parent must). A Kith index that is
   * there is replaced; whoever has it open keeps reading the old one. Whatever interrupts a save,
   * be it a crash, a full disk or a power cut, the directory holds either the previous index or the
   * new one, whole. Readers go on during a save, other writers wait.
   *
   * @param directory where to save
   * @throws IOException if writing fails; the index that was there is untouched
   * @throws IndexLockedException if another writer holds the directory
   * @throws IllegalArgumentException if the directory is not empty and holds no Kith index, if it
   *     is a file, or if this index was opened from that directory and somebody else has saved
   *     there since
   */
  void save(Path directory) throws IOException;

  /**
   * Releases what the index holds, after running searches have ended. Closing twice does nothing.
   * What was not saved is gone.
   */
  @Override
  void close();
}
