package dev.kith.hnsw.internal;

import dev.kith.Metric;
import dev.kith.encoding.BlockEncoding;
import dev.kith.encoding.Int8Vectors;
import dev.kith.internal.simd.CodeRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The links of level 0 once more, each with a code of the row it leads to: what a search needs to
 * go on from a row stands together (after SymphonyQG, arXiv:2411.12229). Everything here follows
 * from vectors and links, so none of it is stored.
 *
 * <p>A record holds the row itself in bytes, the linked rows, two to a long, -1 where there is
 * none, and blocks of their codes, relative to the row itself. Records and their parts are aligned
 * to cache lines.
 *
 * <p>Concurrency: any number of readers while records are rewritten, different ones by different
 * threads. A record that is rewritten while it is read may give a code of another link, which
 * misguides one step of one search; every link read is a row that was filled in.
 *
 * <p>Memory: {@link #recordLongs} longs and a byte a row.
 */
public final class CodedLinks {
  static final int CACHE_LINE_LONGS = 8;

  private static final long NO_LINKS = -1;

  private final BlockEncoding encoding;
  private final Int8Vectors rows;
  private final int rowLongs;
  private final int linkLongs;
  private final int blocks;
  private volatile @Nullable EntryTable entries;

  /** Of each row, how many blocks of its record are in use. */
  private volatile byte[] used = new byte[0];

  /** False while links change in bulk. */
  private volatile boolean current;

  CodedLinks(BlockEncoding encoding, int dimension, Metric metric, int maxLinks) {
    int perBlock = encoding.vectorsPerBlock();
    this.encoding = encoding;
    this.blocks = (maxLinks + perBlock - 1) / perBlock;
    this.linkLongs = linkLongs(blocks * perBlock);
    this.rowLongs = Int8Vectors.rowLongs(dimension);
    this.rows = new Int8Vectors(dimension, metric, roomLongs(encoding, maxLinks));
  }

  private static int linkLongs(int links) {
    return (links / 2 + CACHE_LINE_LONGS - 1) / CACHE_LINE_LONGS * CACHE_LINE_LONGS;
  }

  /** Longs that a record takes. */
  static int recordLongs(BlockEncoding encoding, int dimension, int maxLinks) {
    return Int8Vectors.rowLongs(dimension) + roomLongs(encoding, maxLinks);
  }

  /** Longs of a record behind the row itself. */
  static int roomLongs(BlockEncoding encoding, int maxLinks) {
    int perBlock = encoding.vectorsPerBlock();
    int blocks = (maxLinks + perBlock - 1) / perBlock;
    int longs = linkLongs(blocks * perBlock) + blocks * encoding.blockLongs();
    return (longs + CACHE_LINE_LONGS - 1) / CACHE_LINE_LONGS * CACHE_LINE_LONGS;
  }

  BlockEncoding encoding() {
    return encoding;
  }

  /** The rows themselves, in bytes. */
  Int8Vectors rows() {
    return rows;
  }

  /** Makes room for rows below a number. */
  void ensureCapacity(int capacity) {
    rows.ensureCapacity(capacity);
    if (used.length < capacity) {
      used = Arrays.copyOf(used, capacity);
    }
  }

  /** Where the links of a record start, behind the row. */
  int offset(CodeRows records, int row) {
    return records.offset(row) + rowLongs;
  }

  /** Blocks of the record of a row that are in use. */
  int used(int row) {
    return used[row];
  }

  void setUsed(int row, int count) {
    used[row] = (byte) count;
  }

  /**
   * Reads a long of every cache line of a record that a search is about to need, so that all of
   * them come at once; there is no instruction for that in Java.
   *
   * @return of no meaning, but to be used, or the compiler leaves out the reads
   */
  long touch(CodeRows records, int row) {
    long[] chunk = records.chunk(row);
    int from = records.offset(row);
    int end = from + rowLongs + block(used[row]);
    long sum = 0;
    for (int at = from; at < end; at += CACHE_LINE_LONGS) {
      sum += chunk[at];
    }
    return sum;
  }

  /** Blocks of a record. */
  int blocks() {
    return blocks;
  }

  /** Where a block starts in its record. */
  int block(int number) {
    return linkLongs + number * encoding.blockLongs();
  }

  /** The row that a link of a record leads to, or -1. */
  static int link(long[] chunk, int offset, int number) {
    return (int) (chunk[offset + (number >> 1)] >>> (32 * (number & 1)));
  }

  /** Sets where a link of a record leads. */
  static void setLink(long[] chunk, int offset, int number, int row) {
    int at = offset + (number >> 1);
    int shift = 32 * (number & 1);
    long others = chunk[at] & ~(0xffff_ffffL << shift);
    chunk[at] = others | (row & 0xffff_ffffL) << shift;
  }

  /** Empties the record of a row that nothing links to. */
  void clear(int row) {
    CodeRows records = rows.rows();
    long[] chunk = records.chunk(row);
    int offset = offset(records, row);
    Arrays.fill(chunk, offset, offset + linkLongs, NO_LINKS);
    for (int block = 0; block < blocks; block++) {
      for (int slot = 0; slot < encoding.vectorsPerBlock(); slot++) {
        encoding.clear(chunk, offset + block(block), slot);
      }
    }
    used[row] = 0;
  }

  /** Where searches begin; null when there is nothing to choose from. */
  @Nullable EntryTable entries() {
    return entries;
  }

  void setEntries(EntryTable table) {
    entries = table;
  }

  /** Whether searches may use the records. */
  boolean current() {
    return current;
  }

  void setCurrent(boolean current) {
    this.current = current;
  }

  /** Heap bytes held. */
  long bytes() {
    EntryTable table = entries;
    return rows.bytes() + used.length + (table == null ? 0 : table.bytes());
  }
}
