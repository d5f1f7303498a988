package dev.kith.benchmarks.engines;

import java.io.IOException;
import java.nio.file.Path;

/** One index of one library. {@link #build} or {@link #load} comes first, once. */
public interface Engine extends AutoCloseable {
  /** Links of a node in the hierarchy's upper levels, for all graphs alike. */
  int M = 16;

  /** Width of the beam that finds a new node's neighbours, for all graphs alike. */
  int EF_CONSTRUCTION = 200;

  /**
   * Says how the index is built.
   *
   * @return parameters as {@code name=value}, separated by blanks, without commas
   */
  String config();

  /**
   * Builds the index; its time is the build time.
   *
   * @param vectors what to index
   * @param threads how many threads may work
   * @param folder an empty folder for engines that keep files
   * @throws IOException if writing fails
   */
  void build(Vectors vectors, int threads, Path folder) throws IOException;

  /**
   * Saves the index into the folder it was built with, for its size and for {@link #load}; outside
   * the build time.
   *
   * @param folder where to
   * @return bytes of the saved index, vectors included
   * @throws IOException if writing fails
   */
  long save(Path folder) throws IOException;

  /**
   * Opens what {@link #save} wrote, where the engine can.
   *
   * @param vectors what was indexed
   * @param folder where it was saved
   * @return false when this engine has to be built each time
   * @throws IOException if reading fails
   */
  default boolean load(Vectors vectors, Path folder) throws IOException {
    return false;
  }

  /**
   * Whether effort means nothing to it.
   *
   * @return true for an exact engine
   */
  default boolean exact() {
    return false;
  }

  /**
   * Sets the effort of all searches that follow, for engines that keep it with the index.
   *
   * @param effort at least k
   */
  default void effort(int effort) {}

  /**
   * Makes a searcher for one thread.
   *
   * @return the searcher
   */
  Searcher searcher();

  @Override
  void close() throws IOException;
}
