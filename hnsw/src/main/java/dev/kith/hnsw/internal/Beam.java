package dev.kith.hnsw.internal;

import dev.kith.encoding.QueryScorer;
import dev.kith.internal.concurrent.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Walks the graph towards a query: greedily down the upper levels, then with a beam on the level
 * asked for (arXiv:1603.09320, algorithms 2 and 5).
 *
 * <p>Rows that may not be returned, because they were removed or a filter refuses them, are walked
 * through but do not count towards the beam's width.
 *
 * <p>Concurrency: one search at a time; it holds all scratch space, and allocates only when the
 * graph has grown.
 */
final class Beam {
  /** Which rows may be returned. */
  @FunctionalInterface
  interface Acceptance {
    boolean accepts(int row);
  }

  /** Accepted rows of level 1 that a filtered search starts from. */
  private static final int STARTS = 32;

  private final QueryScorer scorer;
  private final Visited visited = new Visited();
  private final MinQueue candidates = new MinQueue();
  private final BestQueue best = new BestQueue();
  private final int[] links;
  private final float[] distances;
  private long[] found = new long[0];
  private int foundCount;
  private long computed;
  private long expanded;
  private boolean complete;

  /** What touching lists ahead adds up to, so that it is not left out. */
  private long touched;

  /** The entry point of the last {@link #descend}, as a key. */
  private long entry;

  Beam(QueryScorer scorer, int maxLinks) {
    this.scorer = scorer;
    this.links = new int[maxLinks];
    this.distances = new float[maxLinks];
  }

  /** The scorer, whose query is the one that is searched for. */
  QueryScorer scorer() {
    return scorer;
  }

  /** Starts counting anew. */
  void resetCounts() {
    computed = 0;
    expanded = 0;
    complete = true;
  }

  /**
   * The nearest row that a greedy walk finds from the entry point down to just above a level, as a
   * key.
   */
  long descend(Adjacency graph, long entry, int aboveLevel) {
    int row = Adjacency.entryRow(entry);
    links[0] = row;
    scorer.score(links, 0, 1, distances);
    computed++;
    this.entry = Keys.key(distances[0], row);
    long nearest = this.entry;
    for (int level = Adjacency.entryLevel(entry); level > aboveLevel; level--) {
      nearest = greedy(graph, nearest, level);
    }
    return nearest;
  }

  /** The nearest row that a greedy walk on one level finds from a start. */
  long greedy(Adjacency graph, long start, int level) {
    long nearest = start;
    while (true) {
      long before = nearest;
      int count = graph.links(Keys.row(nearest), level, links);
      score(count);
      for (int i = 0; i < count; i++) {
        nearest = Math.min(nearest, Keys.key(distances[i], links[i]));
      }
      if (nearest == before) {
        return nearest;
      }
    }
  }

  /**
   * As {@link #search}, on level 0 and from the entry point of the last {@link #descend} as well:
   * every row can be reached from there, which need not be so for where the descent ended.
   */
  int searchFromEntryToo(
      Adjacency graph, long start, int width, Acceptance acceptance, Deadline deadline) {
    begin(graph, start, width, acceptance);
    meetNew(entry, acceptance);
    return walk(graph, 0, acceptance, deadline);
  }

  /**
   * As {@link #searchFromEntryToo}, and from the nearest accepted rows of level 1 as well: accepted
   * rows may all be far from the query, in several places.
   *
   * @param start a row of level 1 at least
   */
  int searchFromAcceptedToo(
      Adjacency graph, long start, int width, Acceptance acceptance, Deadline deadline) {
    int count = search(graph, start, 1, STARTS, acceptance, deadline);
    begin(graph, start, width, acceptance);
    meetNew(entry, acceptance);
    for (int i = 0; i < count; i++) {
      meetNew(found[i], acceptance);
    }
    return walk(graph, 0, acceptance, deadline);
  }

  /**
   * The nearest accepted rows that a beam of a width finds on a level, in ascending order in {@link
   * #found}; returns how many.
   */
  int search(
      Adjacency graph,
      long start,
      int level,
      int width,
      @Nullable Acceptance acceptance,
      @Nullable Deadline deadline) {
    begin(graph, start, width, acceptance);
    return walk(graph, level, acceptance, deadline);
  }

  private void begin(Adjacency graph, long start, int width, @Nullable Acceptance acceptance) {
    candidates.clear();
    best.reset(width);
    visited.clear(graph.rows());
    visited.add(Keys.row(start));
    meet(start, acceptance);
  }

  private void meet(long key, @Nullable Acceptance acceptance) {
    candidates.add(key);
    if (acceptance == null || acceptance.accepts(Keys.row(key))) {
      best.offer(key);
    }
  }

  private void meetNew(long key, Acceptance acceptance) {
    if (visited.add(Keys.row(key))) {
      meet(key, acceptance);
    }
  }

  private int walk(
      Adjacency graph, int level, @Nullable Acceptance acceptance, @Nullable Deadline deadline) {
    while (!candidates.isEmpty()) {
      if (best.isFull() && candidates.top() > best.worst()) {
        break;
      }
      if (deadline != null && deadline.passed()) {
        complete = false;
        break;
      }
      expand(graph, Keys.row(candidates.poll()), level, acceptance);
    }
    if (found.length < best.size()) {
      found = new long[Math.max(256, best.size())];
    }
    foundCount = best.drain(found);
    return foundCount;
  }

  private void expand(Adjacency graph, int row, int level, @Nullable Acceptance acceptance) {
    expanded++;
    int count = graph.links(row, level, links);
    if (graph.rows() > visited.room()) {
      count = known(count);
    }
    count = visited.addAll(links, count);
    if (!candidates.isEmpty()) {
      touched += graph.touch(Keys.row(candidates.top())); // probably next
    }
    score(count);
    for (int i = 0; i < count; i++) {
      long key = Keys.key(distances[i], links[i]);
      if (!best.isFull() || key < best.worst()) {
        meet(key, acceptance);
      }
    }
  }

  /**
   * Leaves out rows that were added after this search began and that its marks have no room for.
   */
  private int known(int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (links[i] < visited.room()) {
        links[kept++] = links[i];
      }
    }
    return kept;
  }

  private void score(int count) {
    scorer.score(links, 0, count, distances);
    computed += count;
  }

  /** The keys of the last {@link #search}, ascending. */
  long[] found() {
    return found;
  }

  /** Distances computed since {@link #resetCounts}. */
  long computed() {
    return computed;
  }

  /** Rows whose links were followed since {@link #resetCounts}. */
  long expanded() {
    return expanded;
  }

  /** Of no meaning; keeps the compiler from leaving out reads ahead. */
  long touched() {
    return touched;
  }

  /** False when a limit ended a search since {@link #resetCounts}. */
  boolean complete() {
    return complete;
  }
}
