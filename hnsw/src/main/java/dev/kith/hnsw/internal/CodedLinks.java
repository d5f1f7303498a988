package dev.kith.hnsw.internal;

import dev.kith.encoding.BlockEncoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The links of level 0 once more, each with a code of the row it leads to: what a search needs to
 * go on from a row stands together (after SymphonyQG, arXiv:2411.12229). Everything here follows
 * from vectors and links, so none of it is stored.
 *
 * <p>A record holds the linked rows, two to a long, -1 where there is none, and blocks of their
 * codes, relative to the row itself. Records and rows in them are aligned to cache lines.
 *
 * <p>Concurrency: any number of readers while records are rewritten, different ones by different
 * threads. A record that is rewritten while it is read may give a code of another link, which
 * misguides one step of one search; every link read is a row that was filled in.
 *
 * <p>Memory: {@link #recordLongs} longs a row.
 */
public final class CodedLinks {
  /** Longs before the first record of a chunk: with the array's header, a cache line. */
  private static final int BASE = 6;

  static final int CACHE_LINE_LONGS = 8;

  /** Longs in a full chunk at most (64 MiB). */
  private static final int CHUNK_LONGS = 1 << 23;

  private static final long NO_LINKS = -1;

  private final BlockEncoding encoding;
  private final int linkLongs;
  private final int blocks;
  private final int record;
  private final int shift;
  private final int mask;
  private volatile long[][] chunks = new long[0][];
  private volatile @Nullable EntryTable entries;

  /** False while links change in bulk. */
  private volatile boolean current;

  CodedLinks(BlockEncoding encoding, int maxLinks) {
    int perBlock = encoding.vectorsPerBlock();
    this.encoding = encoding;
    this.blocks = (maxLinks + perBlock - 1) / perBlock;
    this.linkLongs = linkLongs(blocks * perBlock);
    this.record = recordLongs(encoding, maxLinks);
    this.shift = Math.max(0, 31 - Integer.numberOfLeadingZeros(CHUNK_LONGS / record));
    this.mask = (1 << shift) - 1;
  }

  private static int linkLongs(int links) {
    return (links / 2 + CACHE_LINE_LONGS - 1) / CACHE_LINE_LONGS * CACHE_LINE_LONGS;
  }

  /** Longs that a record takes. */
  static int recordLongs(BlockEncoding encoding, int maxLinks) {
    int perBlock = encoding.vectorsPerBlock();
    int blocks = (maxLinks + perBlock - 1) / perBlock;
    int longs = linkLongs(blocks * perBlock) + blocks * encoding.blockLongs();
    return (longs + CACHE_LINE_LONGS - 1) / CACHE_LINE_LONGS * CACHE_LINE_LONGS;
  }

  BlockEncoding encoding() {
    return encoding;
  }

  /** Makes room for rows below a number. */
  void ensureCapacity(int capacity) {
    int count = (int) (((long) capacity + mask) >>> shift);
    long[][] old = chunks;
    long[][] grown = Arrays.copyOf(old, count);
    for (int i = Math.max(0, old.length - 1); i < count; i++) {
      int length = BASE + Math.min(mask + 1, capacity - (i << shift)) * record;
      if (i >= old.length) {
        grown[i] = new long[length];
      } else if (old[i].length < length) {
        grown[i] = Arrays.copyOf(old[i], length);
      }
    }
    chunks = grown;
  }

  /** The array that holds the record of a row. */
  long[] chunk(int row) {
    return chunks[row >>> shift];
  }

  /** Where the record of a row starts in its array. */
  int offset(int row) {
    return BASE + (row & mask) * record;
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
    long[] chunk = chunk(row);
    int offset = offset(row);
    Arrays.fill(chunk, offset, offset + linkLongs, NO_LINKS);
    for (int block = 0; block < blocks; block++) {
      for (int slot = 0; slot < encoding.vectorsPerBlock(); slot++) {
        encoding.clear(chunk, offset + block(block), slot);
      }
    }
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
    long bytes = 0;
    for (long[] chunk : chunks) {
      bytes += 8L * chunk.length;
    }
    EntryTable table = entries;
    return bytes + (table == null ? 0 : table.bytes());
  }
}
