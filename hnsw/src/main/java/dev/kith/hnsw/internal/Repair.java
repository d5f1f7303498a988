package dev.kith.hnsw.internal;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Takes removed rows out of the graph, in bounded steps (after FreshDiskANN, arXiv:2105.09613): a
 * row that links to removed ones keeps its others and gets new links, chosen among them and those
 * that the removed ones had.
 *
 * <p>Rows removed while a pass runs wait for the next one. After a pass nothing links to its rows;
 * they are let go.
 *
 * <p>Concurrency: the writer. Searches walk through removed rows until they are let go.
 */
final class Repair {
  private static final int ROWS_PER_TASK = 256;

  /** Takes the rows of a pass once nothing links to them. */
  @FunctionalInterface
  interface Release {
    void release(BitSet rows, Crew crew);
  }

  private final Graph graph;
  private final IntPredicate alive;
  private final Release release;

  /** Removed rows that wait for the next pass. */
  private final BitSet waiting = new BitSet();

  /** The rows of the pass that runs. */
  private final BitSet leaving = new BitSet();

  private int cursor;
  private int limit;

  /**
   * Nothing to repair yet.
   *
   * @param alive whether a row is visible to searches
   * @param release takes rows that nothing links to any more
   */
  Repair(Graph graph, IntPredicate alive, Release release) {
    this.graph = graph;
    this.alive = alive;
    this.release = release;
  }

  /** Notes a row that has been hidden. */
  void removed(int row) {
    waiting.set(row);
  }

  /** Removed rows that are still in the graph. */
  int pending() {
    return waiting.cardinality() + leaving.cardinality();
  }

  /** Does a bounded share of the work, once there is enough of it to be worth a pass. */
  void step(Crew crew, int rowsPerStep, int worthAPass) {
    if (leaving.isEmpty()) {
      if (waiting.cardinality() < worthAPass) {
        return;
      }
      begin();
    }
    int end = Math.min(limit, cursor + rowsPerStep);
    for (int row = cursor; row < end; row++) {
      repair(row, crew.first());
    }
    cursor = end;
    if (cursor == limit) {
      end(crew);
    }
  }

  /** Does all of the work, in parallel. */
  void finish(Crew crew) {
    while (!leaving.isEmpty() || !waiting.isEmpty()) {
      if (leaving.isEmpty()) {
        begin();
      }
      int from = cursor;
      crew.eachToTheEnd(limit - from, ROWS_PER_TASK, (i, worker) -> repair(from + i, worker));
      cursor = limit;
      end(crew);
    }
  }

  private void begin() {
    leaving.or(waiting);
    waiting.clear();
    cursor = 0;
    limit = graph.rows();
  }

  private void end(Crew crew) {
    if (graph.entryPoint() != -1 && leaving.get(Adjacency.entryRow(graph.entryPoint()))) {
      graph.setEntryPoint(highestLiving());
    }
    new Reachability(graph, crew.first(), alive).restore();
    release.release(leaving, crew);
    leaving.clear();
  }

  private long highestLiving() {
    long entry = -1;
    for (int row = 0; row < graph.rows(); row++) {
      if (alive.test(row) && (entry == -1 || graph.level(row) > Adjacency.entryLevel(entry))) {
        entry = Adjacency.entry(row, graph.level(row));
      }
    }
    return entry;
  }

  private void repair(int row, Worker worker) {
    if (leaving.get(row) || !(alive.test(row) || waiting.get(row))) {
      return;
    }
    for (int level = graph.level(row); level >= 0; level--) {
      worker.relink(row, level, leaving::get);
    }
  }
}
