package dev.kith.benchmarks.engines;

import java.io.IOException;

/** Searches an engine on one thread. */
@FunctionalInterface
public interface Searcher {
  /**
   * Finds the nearest of one query, from the {@code float[]} that a caller has to the ids that it
   * wants: all that an engine asks of its caller in between is part of the time.
   *
   * @param query the query
   * @param k how many are wanted
   * @param effort how hard to look, at least k
   * @param ids receives the ids, in any order
   * @return how many were found, at most k
   * @throws IOException if the engine reads files and fails
   */
  int search(float[] query, int k, int effort, int[] ids) throws IOException;
}
