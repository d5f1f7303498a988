package dev.kith.spi;

import dev.kith.IndexSpec;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.internal.storage.StoredIndex;
import java.io.IOException;
import java.util.List;

/**
 * One type of index, as {@link dev.kith.VectorIndexes} finds it with a {@link
 * java.util.ServiceLoader}.
 *
 * <p>Concurrency: without state, any thread.
 */
public interface IndexProvider {
  /**
   * The type name in the manifest.
   *
   * @return small letters, digits and {@code -}
   */
  String type();

  /**
   * Whether this type is the one a spec describes.
   *
   * @param spec a well-formed spec
   * @return true if {@link #create} takes it
   */
  boolean understands(IndexSpec spec);

  /**
   * Makes an empty index.
   *
   * @param spec a spec that {@link #understands} accepts
   * @return the index
   * @throws IllegalArgumentException if a part of the spec is out of range
   */
  MutableVectorIndex create(IndexSpec spec);

  /**
   * Opens an index for reading.
   *
   * @param stored its files
   * @param options how
   * @return the index
   * @throws IOException if the files are damaged or cannot be read
   */
  VectorIndex open(StoredIndex stored, OpenOptions options) throws IOException;

  /**
   * Opens an index for changing it.
   *
   * @param stored its files; the index keeps their home, and so the lock
   * @return the index
   * @throws IOException if the files are damaged or cannot be read
   */
  MutableVectorIndex openForWriting(StoredIndex stored) throws IOException;

  /**
   * Verifies everything that can be: checksums, structure, and what the type promises.
   *
   * @param stored its files
   * @param findings receives a line per thing verified
   * @throws IOException if the files are damaged, at the first damage found
   */
  void check(StoredIndex stored, List<String> findings) throws IOException;
}
