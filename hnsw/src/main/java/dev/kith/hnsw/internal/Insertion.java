package dev.kith.hnsw.internal;

import java.util.Arrays;

/**
 * Links a round of new rows into the graph, in parallel and with the same outcome for any number of
 * threads (the way of ParlayANN, arXiv:2305.04359).
 *
 * <p>Every row of a round searches the graph as it was before the round. Then the rows get their
 * links, and the links back to them are grouped by target, so that each target's list is written
 * once, by one thread.
 *
 * <p>Concurrency: one writer; readers go on.
 */
final class Insertion {
  private static final int ROWS_PER_TASK = 8;
  private static final int TARGETS_PER_TASK = 32;

  // A link back, packed so that sorting groups by level and target and keeps the order of the
  // round.
  private static final int SOURCE_BITS = 28;
  private static final int TARGET_BITS = 31;

  /** Writes the vector of a new row. */
  @FunctionalInterface
  interface Filler {
    void fill(int number, int row);
  }

  private final Graph graph;
  private final Crew crew;
  private final Beam.Acceptance alive;
  private final boolean cancellable;

  Insertion(Graph graph, Crew crew, Beam.Acceptance alive, boolean cancellable) {
    this.graph = graph;
    this.crew = crew;
    this.alive = alive;
    this.cancellable = cancellable;
  }

  /**
   * How many rows the next round takes: few against those it can find neighbours among.
   *
   * @param linked rows in the graph
   */
  static int roundSize(int linked) {
    return Math.clamp(linked / 50, 1, 1 << 13);
  }

  /**
   * Links rows.
   *
   * @param rows rows that are filled in, of which only a first and only one may be higher than the
   *     entry point
   * @param levels their levels
   * @param filler writes the vector of each, given its place in the round; may be called from
   *     several threads
   * @return false when cancelled, and then nothing is linked
   */
  boolean link(int[] rows, int[] levels, Filler filler) {
    for (int i = 0; i < rows.length; i++) {
      graph.reset(rows[i], levels[i]);
    }
    long entry = graph.entryPoint();
    if (entry == -1) {
      filler.fill(0, rows[0]);
      graph.setEntryPoint(Adjacency.entry(rows[0], levels[0]));
      return true;
    }
    int[][][] neighbours = new int[rows.length][][];
    Crew.Task find =
        (i, worker) -> {
          filler.fill(i, rows[i]);
          neighbours[i] = worker.neighbours(rows[i], levels[i], alive);
        };
    if (!cancellable) {
      crew.eachToTheEnd(rows.length, ROWS_PER_TASK, find);
    } else if (!crew.each(rows.length, ROWS_PER_TASK, find)) {
      return false;
    }
    for (int i = 0; i < rows.length; i++) {
      for (int level = 0; level < neighbours[i].length; level++) {
        graph.setLinks(rows[i], level, neighbours[i][level], neighbours[i][level].length);
      }
    }
    linkBack(rows, neighbours);
    for (int i = 0; i < rows.length; i++) {
      boolean lost = neighbours[i][0].length == 0; // every row it met is removed
      if (lost || levels[i] > Adjacency.entryLevel(graph.entryPoint())) {
        graph.setEntryPoint(Adjacency.entry(rows[i], levels[i]));
      }
    }
    return true;
  }

  private void linkBack(int[] rows, int[][][] neighbours) {
    long[] links = backLinks(neighbours);
    int[] sources = new int[links.length];
    int[] starts = new int[links.length + 1];
    int groups = 0;
    for (int i = 0; i < links.length; i++) {
      sources[i] = rows[(int) (links[i] & ((1L << SOURCE_BITS) - 1))];
      if (i == 0 || links[i] >>> SOURCE_BITS != links[i - 1] >>> SOURCE_BITS) {
        starts[groups++] = i;
      }
    }
    starts[groups] = links.length;
    // not to be cancelled half way: a row without links back would be lost
    crew.eachToTheEnd(
        groups,
        TARGETS_PER_TASK,
        (g, worker) -> {
          long target = links[starts[g]] >>> SOURCE_BITS;
          int row = (int) (target & ((1L << TARGET_BITS) - 1));
          int level = (int) (target >>> TARGET_BITS);
          worker.link(row, level, sources, starts[g], starts[g + 1] - starts[g]);
        });
  }

  private static long[] backLinks(int[][][] neighbours) {
    int total = 0;
    for (int[][] ofRow : neighbours) {
      for (int[] ofLevel : ofRow) {
        total += ofLevel.length;
      }
    }
    long[] links = new long[total];
    int n = 0;
    for (int i = 0; i < neighbours.length; i++) {
      for (int level = 0; level < neighbours[i].length; level++) {
        for (int target : neighbours[i][level]) {
          links[n++] = (((long) level << TARGET_BITS) | target) << SOURCE_BITS | i;
        }
      }
    }
    Arrays.sort(links);
    return links;
  }
}
