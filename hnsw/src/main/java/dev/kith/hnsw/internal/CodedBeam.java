package dev.kith.hnsw.internal;

import dev.kith.encoding.BlockScorer;
import dev.kith.encoding.QueryScorer;
import dev.kith.internal.concurrent.Deadline;
import dev.kith.internal.simd.CodeRows;
import java.lang.invoke.VarHandle;

/**
 * Walks the graph on codes: links are judged by estimates, and rows that are expanded by their
 * bytes, on which the estimates of their links are based (after SymphonyQG, arXiv:2411.12229,
 * without its early stop).
 *
 * <p>Several rows are expanded at a time, and everything that this takes is read ahead, so that the
 * misses of the cache come together.
 *
 * <p>Concurrency: one search at a time; it holds all scratch space.
 */
final class CodedBeam {
  /** Rows expanded at a time. */
  private static final int AT_ONCE = 4;

  private final QueryScorer bytes;
  private final BlockScorer codes;
  private final Visited expanded = new Visited();
  private final Shortlist shortlist = new Shortlist();
  private final BestQueue best = new BestQueue();
  private final int[] batch = new int[AT_ONCE];
  private final float[] distances = new float[AT_ONCE];
  private final float[] estimates;
  private final int perBlock;
  private long[] found = new long[0];
  private int accepted;
  private long expandedCount;
  private long estimated;
  private boolean complete;

  /** What touching records adds up to, so that it is not left out. */
  private long touched;

  /**
   * Makes the scratch of a search.
   *
   * @param bytes a scorer of the rows of the links
   * @param links the links
   */
  CodedBeam(QueryScorer bytes, CodedLinks links) {
    this.bytes = bytes;
    this.codes = links.encoding().scorer();
    this.perBlock = links.encoding().vectorsPerBlock();
    this.estimates = new float[perBlock];
  }

  /**
   * Finds the accepted rows nearest by their bytes, in ascending order in {@link #found}; returns
   * how many.
   *
   * @param links the links
   * @param rows rows below this may occur in them
   * @param entryRow where to begin if there is no table of entries
   * @param query the query, which the scorer of bytes has already
   * @param width rows in the shortlist
   * @param most rows that are found
   * @param acceptance which rows may be returned
   * @param deadline when to stop
   */
  int search(
      CodedLinks links,
      int rows,
      int entryRow,
      float[] query,
      int width,
      int most,
      Beam.Acceptance acceptance,
      Deadline deadline) {
    codes.query(query);
    expanded.clear(rows);
    shortlist.reset(width);
    best.reset(most);
    accepted = 0;
    expandedCount = 0;
    estimated = 0;
    complete = true;
    shortlist.insert(0, nearestEntry(links, entryRow));
    // the row that every row can be reached from, to be expanded if there is room for it to the end
    shortlist.insert(Float.MAX_VALUE, entryRow);
    while (true) {
      int count = shortlist.expand(batch, AT_ONCE, expanded);
      if (count == 0) {
        break;
      }
      if (deadline.passed()) {
        complete = false;
        break;
      }
      expand(links, count, acceptance);
    }
    if (found.length < best.size()) {
      found = new long[Math.max(64, best.size())];
    }
    return best.drain(found);
  }

  private int nearestEntry(CodedLinks links, int entryRow) {
    EntryTable entries = links.entries();
    int nearest = entries == null ? -1 : entries.nearest(codes, estimates);
    return nearest >= 0 && nearest < expanded.room() ? nearest : entryRow;
  }

  private void expand(CodedLinks links, int count, Beam.Acceptance acceptance) {
    VarHandle.acquireFence(); // the rows were filled in before they were linked
    CodeRows records = links.rows().rows();
    for (int i = 0; i < count; i++) {
      touched += links.touch(records, batch[i]);
    }
    bytes.score(batch, 0, count, distances);
    expandedCount += count;
    for (int i = 0; i < count; i++) {
      if (acceptance.accepts(batch[i])) {
        accepted++;
        best.offer(Keys.key(distances[i], batch[i]));
      }
    }
    for (int i = 0; i < count; i++) {
      int offset = links.offset(records, batch[i]);
      estimate(links, records.chunk(batch[i]), offset, links.used(batch[i]), distances[i]);
    }
  }

  /** Puts the links of a row on the shortlist. */
  private void estimate(CodedLinks links, long[] chunk, int offset, int blocks, float distance) {
    for (int block = 0; block < blocks; block++) {
      int first = block * perBlock;
      int at = offset + links.block(block);
      int below = codes.score(chunk, at, distance, shortlist.bound(), estimates);
      estimated += perBlock;
      for (; below != 0; below &= below - 1) {
        int slot = Integer.numberOfTrailingZeros(below);
        int row = CodedLinks.link(chunk, offset, first + slot);
        if (row >= 0 && row < expanded.room() && !expanded.contains(row)) {
          shortlist.insert(estimates[slot], row);
        }
      }
    }
  }

  /** The keys of the last {@link #search}, ascending. */
  long[] found() {
    return found;
  }

  /** Rows that were expanded and accepted. */
  int accepted() {
    return accepted;
  }

  /** Rows that were expanded, each with a distance to its bytes. */
  long expanded() {
    return expandedCount;
  }

  /** Links that were estimated. */
  long estimated() {
    return estimated;
  }

  /** False when a limit ended the search. */
  boolean complete() {
    return complete;
  }

  /** Of no meaning; keeps the compiler from leaving out the touching of records. */
  long touched() {
    return touched;
  }
}
