package dev.kith.hnsw.internal;

import dev.kith.encoding.EncodedVectors;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share of changing the graph: finding neighbours for a new row, and linking others
 * back to it.
 *
 * <p>Concurrency: one thread at a time. Several workers may link different rows at once.
 */
final class Worker {
  /** Rows that fit into the scratch at first: at least a list of the most links. */
  private static final int ROOM = 512;

  /** Rows that lead to one another are an island only when they are fewer. */
  private static final int ENOUGH = 32;

  private final Graph graph;
  private final int m;
  private final int efConstruction;
  private final Beam beam;
  private final Selection selection;
  private final Neighbourhood neighbourhood;
  private final @Nullable LinkCoder coder;
  private final boolean guards;
  private final int[] list;
  private final int[] others;
  private final int[] leading = new int[ENOUGH];
  private final BitSet orphans = new BitSet();
  private int[] pool = new int[ROOM];
  private float[] distances = new float[ROOM];
  private long[] keys = new long[ROOM];

  /**
   * Makes a worker.
   *
   * @param coder brings codes up to links, or null when there are none
   * @param guards whether a row must not lose its last link from a neighbour when lists are cut;
   *     only for a worker that works alone, since it looks at other rows' lists
   */
  Worker(
      Graph graph,
      EncodedVectors vectors,
      int m,
      int efConstruction,
      @Nullable LinkCoder coder,
      boolean guards) {
    this.graph = graph;
    this.coder = coder;
    this.m = m;
    this.efConstruction = efConstruction;
    this.beam = new Beam(vectors.scorer(), graph.maxLinks(0));
    this.selection = new Selection(vectors.scorer());
    this.neighbourhood = new Neighbourhood(graph.maxLinks(0));
    this.guards = guards;
    this.list = new int[graph.maxLinks(0)];
    this.others = new int[graph.maxLinks(0)];
  }

  /**
   * Finds the neighbours of a row in the graph as it stands.
   *
   * @param row a row that is filled in and not linked yet
   * @param level its level
   * @param accepted which rows may become neighbours
   * @return its neighbours on each level, from 0 on; fewer levels when the graph has fewer
   */
  int[][] neighbours(int row, int level, Beam.Acceptance accepted) {
    long entry = graph.entryPoint();
    int top = Math.min(level, Adjacency.entryLevel(entry));
    int[][] neighbours = new int[top + 1][];
    beam.scorer().row(row);
    long start = beam.descend(graph, entry, top);
    for (int l = top; l >= 0; l--) {
      int count = beam.search(graph, start, l, efConstruction, accepted, null);
      int kept = selection.select(beam.found(), count, m, list);
      neighbours[l] = Arrays.copyOf(list, kept);
      if (count > 0) {
        start = beam.found()[0];
      }
    }
    return neighbours;
  }

  /** Brings the coded links of a row up to its links; only where there are codes. */
  void encode(int row) {
    Objects.requireNonNull(coder).rewrite(row);
  }

  /** The nearest accepted rows of a row on level 0, as keys in {@link #found}; returns how many. */
  int nearest(int row, Beam.Acceptance accepted) {
    long entry = graph.entryPoint();
    beam.scorer().row(row);
    long start = beam.descend(graph, entry, 0);
    return beam.search(graph, start, 0, efConstruction, accepted, null);
  }

  /** The keys of the last {@link #nearest}, ascending. */
  long[] found() {
    return beam.found();
  }

  /**
   * Adds links to a row; when they do not fit, chooses among old and new ones.
   *
   * @param row the row that gets links
   * @param level on which level
   * @param sources the rows to link to, not linked yet
   * @param from the first of them
   * @param count how many
   */
  void link(int row, int level, int[] sources, int from, int count) {
    room(graph.maxLinks(level) + count);
    int size = graph.links(row, level, pool);
    System.arraycopy(sources, from, pool, size, count);
    setBest(row, level, size + count);
  }

  /**
   * Gives a row links in place of those to rows that leave, if there are any: keeps the others,
   * adds those that the heuristic chooses as for a new row, then the nearest up to as many links as
   * it had. To choose anew among all would thin out the graph with every repair.
   *
   * @param row the row
   * @param level on which level
   * @param leaves which rows leave
   */
  void relink(int row, int level, IntPredicate leaves) {
    if (!neighbourhood.gather(graph, row, level, leaves)) {
      return;
    }
    int count = neighbourhood.count();
    int staying = neighbourhood.staying();
    room(count);
    sortByDistance(row, neighbourhood.rows(), count);
    int chosen = selection.select(keys, count, m, list);
    System.arraycopy(neighbourhood.rows(), 0, pool, 0, staying);
    int size = staying;
    for (int i = 0; i < chosen; i++) {
      if (!contains(pool, staying, list[i])) {
        pool[size++] = list[i];
      }
    }
    for (int i = 0; i < count && size < neighbourhood.degree(); i++) {
      int candidate = Keys.row(keys[i]);
      if (!contains(pool, size, candidate)) {
        pool[size++] = candidate;
      }
    }
    setBest(row, level, size);
  }

  /** Sets the best of the rows in the pool as links: all of them if they fit. */
  private void setBest(int row, int level, int count) {
    int most = graph.maxLinks(level);
    if (count <= most) {
      graph.setLinks(row, level, pool, count);
      return;
    }
    sortByDistance(row, pool, count);
    int kept = selection.select(keys, count, most, list);
    if (guards && level == 0) {
      kept = keepLastLinks(row, count, most, kept);
    }
    graph.setLinks(row, level, list, kept);
  }

  private void sortByDistance(int row, int[] rows, int count) {
    beam.scorer().row(row);
    beam.scorer().score(rows, 0, count, distances);
    for (int i = 0; i < count; i++) {
      keys[i] = Keys.key(distances[i], rows[i]);
    }
    Arrays.sort(keys, 0, count);
  }

  /**
   * Keeps rows that nothing around them holds but the link from this one, while there is room; the
   * others become orphans.
   */
  private int keepLastLinks(int row, int count, int most, int kept) {
    int size = kept;
    for (int i = 0; i < count; i++) {
      int candidate = Keys.row(keys[i]);
      if (!contains(list, kept, candidate) && !isHeld(candidate, row)) {
        if (size < most) {
          list[size++] = candidate;
        } else {
          orphans.set(candidate);
        }
      }
    }
    return size;
  }

  /** Rows that lists of this worker had to give up though nothing else holds them; forgets them. */
  int[] takeOrphans() {
    int[] rows = orphans.stream().toArray();
    orphans.clear();
    return rows;
  }

  /**
   * Whether a row is held by the graph around it: whether so many rows lead to it, by links back
   * from rows that it or they link to, that it is no island with a few others.
   */
  boolean isHeld(int row) {
    return isHeld(row, row);
  }

  /** As {@link #isHeld(int)}, without the link from one row. */
  private boolean isHeld(int row, int except) {
    leading[0] = row;
    int size = 1;
    for (int i = 0; i < size; i++) {
      int neighbours = graph.links(leading[i], 0, pool);
      for (int n = 0; n < neighbours; n++) {
        int from = pool[n];
        if (contains(leading, size, from) || (i == 0 && from == except)) {
          continue;
        }
        if (contains(others, graph.links(from, 0, others), leading[i])) {
          if (size == ENOUGH || from == Adjacency.entryRow(graph.entryPoint())) {
            return true;
          }
          leading[size++] = from;
        }
      }
    }
    return false;
  }

  private static boolean contains(int[] rows, int count, int row) {
    for (int i = 0; i < count; i++) {
      if (rows[i] == row) {
        return true;
      }
    }
    return false;
  }

  private void room(int count) {
    if (pool.length < count) {
      pool = new int[2 * count];
      distances = new float[2 * count];
      keys = new long[2 * count];
    }
  }
}
