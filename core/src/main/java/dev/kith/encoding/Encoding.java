package dev.kith.encoding;

import dev.kith.Metric;

/**
 * How vectors are held so that distances to them can be computed: as they are, or as codes.
 *
 * <p>An encoding is always ready to use; one that must learn first comes from a training method of
 * its own. A graph search or a list scan never looks at vectors, it asks a scorer of the {@link
 * EncodedVectors}.
 *
 * <p>Concurrency: immutable.
 */
public interface Encoding {
  /**
   * The name in specs and statistics.
   *
   * @return for example {@code float32}
   */
  String name();

  /**
   * An empty store of rows.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @return a store without room
   */
  GrowableVectors newVectors(int dimension, Metric metric);

  /**
   * Heap bytes of a store that has room for exactly as many rows.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param rows how many
   * @return bytes
   */
  long bytes(int dimension, Metric metric, long rows);
}
