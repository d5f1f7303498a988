package dev.kith.hnsw.internal;

import java.util.function.IntPredicate;

/**
 * Links in every living row that no walk from the entry point on level 0 meets: pruning can take a
 * row its last link.
 *
 * <p>Concurrency: the writer.
 */
final class Reachability {
  /**
   * A row is cut off anew only where a full list gave up a link for another; a few passes end it.
   */
  private static final int PASSES = 16;

  private final Graph graph;
  private final Worker worker;
  private final IntPredicate alive;
  private final int[] links;

  Reachability(Graph graph, Worker worker, IntPredicate alive) {
    this.graph = graph;
    this.worker = worker;
    this.alive = alive;
    this.links = new int[graph.maxLinks(0)];
  }

  /** Makes every living row reachable; returns how many links it took. */
  int restore() {
    int restored = 0;
    for (int pass = 0; pass < PASSES && graph.entryPoint() != -1; pass++) {
      Reach reach = Reach.ofEntryPoint(graph);
      boolean gaveWay = false;
      for (int row = 0; row < graph.rows(); row++) {
        if (alive.test(row) && !reach.contains(row)) {
          gaveWay |= linkIn(row, reach);
          reach.spread(row);
          restored++;
        }
      }
      if (!gaveWay) {
        break;
      }
    }
    return restored;
  }

  /**
   * Links a row in from the nearest reached row that has a free slot; true when a link had to give
   * way.
   */
  private boolean linkIn(int row, Reach reach) {
    int count = worker.nearest(row, r -> r != row && reach.contains(r));
    long[] found = worker.found();
    for (int i = 0; i < count; i++) {
      int from = Keys.row(found[i]);
      int size = graph.links(from, 0, links);
      if (size < graph.maxLinks(0)) {
        set(from, row, size);
        return false;
      }
    }
    int from = count > 0 ? Keys.row(found[0]) : Adjacency.entryRow(graph.entryPoint());
    int size = graph.links(from, 0, links);
    set(from, row, Math.min(size, graph.maxLinks(0) - 1));
    return true;
  }

  private void set(int from, int row, int slot) {
    links[slot] = row;
    graph.setLinks(from, 0, links, slot + 1);
  }
}
