package dev.kith.hnsw.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * The rows that a walk over the links of level 0 meets.
 *
 * <p>Concurrency: one thread.
 */
final class Reach {
  private final Adjacency graph;
  private final BitSet rows = new BitSet();
  private final int[] links;
  private int[] stack = new int[1024];

  Reach(Adjacency graph) {
    this.graph = graph;
    this.links = new int[graph.maxLinks(0)];
  }

  /** Everything that can be reached from the entry point. */
  static Reach ofEntryPoint(Adjacency graph) {
    Reach reach = new Reach(graph);
    if (graph.entryPoint() != -1) {
      reach.spread(Adjacency.entryRow(graph.entryPoint()));
    }
    return reach;
  }

  boolean contains(int row) {
    return rows.get(row);
  }

  /** Of the rows below a limit that a condition holds for, how many are not reached. */
  int missing(int limit, IntPredicate condition) {
    int missing = 0;
    for (int row = rows.nextClearBit(0); row < limit; row = rows.nextClearBit(row + 1)) {
      missing += condition.test(row) ? 1 : 0;
    }
    return missing;
  }

  /** Adds a row and everything that can be reached from it. */
  void spread(int start) {
    if (rows.get(start)) {
      return;
    }
    rows.set(start);
    stack[0] = start;
    int size = 1;
    while (size > 0) {
      int count = graph.links(stack[--size], 0, links);
      for (int i = 0; i < count; i++) {
        if (!rows.get(links[i])) {
          rows.set(links[i]);
          if (size == stack.length) {
            stack = Arrays.copyOf(stack, 2 * size);
          }
          stack[size++] = links[i];
        }
      }
    }
  }
}
