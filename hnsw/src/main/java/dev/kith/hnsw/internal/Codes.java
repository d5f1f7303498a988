package dev.kith.hnsw.internal;

import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.RaBitQ;
import dev.kith.internal.rows.TableRows;

/**
 * Keeps coded links up to a graph's links: notes what changes, and rewrites it when told, before
 * rows are published and before rows that have left are used again.
 *
 * <p>While links change in bulk nothing is rewritten, and searches do without the codes.
 *
 * <p>Concurrency: the writer; changes may be noted by any of its threads.
 */
final class Codes implements Graph.Listener {
  private static final int ROWS_PER_TASK = 64;

  private final int dimension;
  private final EncodedVectors vectors;
  private final CodeSpace space;
  private final CodedLinks links;
  private final Changes changes = new Changes();
  private boolean suspended;
  private boolean entriesAreStale;

  Codes(GraphParameters parameters, EncodedVectors vectors, CodeSpace space) {
    this.space = space;
    this.dimension = parameters.dimension();
    this.vectors = vectors;
    this.links =
        new CodedLinks(
            encoding(parameters),
            dimension,
            CodeSpace.metric(parameters.metric()),
            Graph.maxLinks0(parameters.m()));
  }

  /** Longs of memory that a row takes. */
  static int recordLongs(GraphParameters parameters) {
    return CodedLinks.recordLongs(
        encoding(parameters), parameters.dimension(), Graph.maxLinks0(parameters.m()));
  }

  private static RaBitQ encoding(GraphParameters parameters) {
    return new RaBitQ(
        parameters.dimension(), CodeSpace.metric(parameters.metric()), parameters.codeBits());
  }

  CodedLinks links() {
    return links;
  }

  LinkCoder coder(Graph graph) {
    return new LinkCoder(graph, vectors, dimension, space, links);
  }

  void ensureCapacity(int rows) {
    links.ensureCapacity(rows);
  }

  @Override
  public void reset(int row) {
    links.clear(row);
  }

  @Override
  public void relinked(int row) {
    changes.note(row);
  }

  /** Notes that a row of a level has become visible. */
  void published(int level) {
    EntryTable entries = links.entries();
    entriesAreStale |= entries == null || entries.takes(level);
  }

  /** Notes that rows are about to leave the graph. */
  void released() {
    entriesAreStale = true;
  }

  /** From now on links change in bulk. */
  void suspend() {
    suspended = true;
    links.setCurrent(false);
  }

  /** The bulk is over. */
  void resume(Graph graph, TableRows rows, Crew crew) {
    suspended = false;
    bringUp(graph, rows, crew);
  }

  /** Rewrites what has changed. */
  void bringUp(Graph graph, TableRows rows, Crew crew) {
    int[] changed = changes.take();
    boolean done = false;
    try {
      crew.eachToTheEnd(changed.length, ROWS_PER_TASK, (i, worker) -> worker.encode(changed[i]));
      if (entriesAreStale && !suspended) {
        links.setEntries(
            EntryTable.of(graph, rows.living(), vectors, dimension, space, links.encoding()));
        entriesAreStale = false;
      }
      done = true;
    } finally {
      if (!done) {
        for (int row : changed) {
          changes.note(row); // the next change makes up for it
        }
      }
      links.setCurrent(done && !suspended);
    }
  }
}
