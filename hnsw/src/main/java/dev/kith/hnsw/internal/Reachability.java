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
          gaveWay |= linkIn(row, reach::contains);
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
   * Links a row in from the nearest of some rows that has a free slot, or else from any of them
   * that has one.
   *
   * @param row a row that has links of its own
   * @param from rows that are reachable
   * @return true when no list had a free slot, so that a link had to give way
   */
  boolean linkIn(int row, Beam.Acceptance from) {
    int count = worker.nearest(row, r -> r != row && from.accepts(r));
    long[] found = worker.found();
    for (int i = 0; i < count; i++) {
      if (takeFreeSlot(Keys.row(found[i]), row)) {
        return false;
      }
    }
    for (int other = 0; other < graph.rows(); other++) {
      if (other != row && from.accepts(other) && takeFreeSlot(other, row)) {
        return false;
      }
    }
    int last = count > 0 ? Keys.row(found[0]) : Adjacency.entryRow(graph.entryPoint());
    if (last != row) {
      int size = graph.links(last, 0, links);
      links[size - 1] = row;
      graph.setLinks(last, 0, links, size);
    }
    return true;
  }

  /** Links to a row if there is a free slot; true also when the link is there already. */
  private boolean takeFreeSlot(int from, int row) {
    int size = graph.links(from, 0, links);
    for (int i = 0; i < size; i++) {
      if (links[i] == row) {
        return true;
      }
    }
    if (size == graph.maxLinks(0)) {
      return false;
    }
    links[size] = row;
    graph.setLinks(from, 0, links, size + 1);
    return true;
  }
}
