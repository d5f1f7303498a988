package dev.kith.hnsw.internal;

import dev.kith.encoding.BlockEncoder;
import dev.kith.encoding.BlockEncoding;
import dev.kith.encoding.BlockScorer;
import dev.kith.encoding.EncodedVectors;
import java.util.Arrays;

/**
 * Rows of the upper levels, spread over the data, with a code of each: a search looks through all
 * of them and begins at the best, instead of descending level by level.
 *
 * <p>Concurrency: immutable.
 */
final class EntryTable {
  /** Looking through so many takes about as long as expanding two or three rows. */
  private static final int MOST = 1024;

  private final int[] rows;
  private final int level;
  private final long[] codes;
  private final int blockLongs;
  private final int perBlock;

  private EntryTable(int[] rows, int level, long[] codes, BlockEncoding encoding) {
    this.rows = rows;
    this.level = level;
    this.codes = codes;
    this.blockLongs = encoding.blockLongs();
    this.perBlock = encoding.vectorsPerBlock();
  }

  /** The rows of the lowest level that has few enough. */
  static EntryTable of(
      Graph graph,
      int[] living,
      EncodedVectors vectors,
      int dimension,
      CodeSpace space,
      BlockEncoding encoding) {
    int[] onLevel = new int[Levels.MAX + 2];
    for (int row : living) {
      onLevel[graph.level(row)]++;
    }
    int level = Levels.MAX + 1;
    int count = 0;
    while (level > 0 && count + onLevel[level - 1] <= MOST) {
      level--;
      count += onLevel[level];
    }
    int lowest = level;
    int[] rows = Arrays.stream(living).filter(row -> graph.level(row) >= lowest).toArray();
    int perBlock = encoding.vectorsPerBlock();
    int blocks = (count + perBlock - 1) / perBlock;
    long[] codes = new long[blocks * encoding.blockLongs()];
    BlockEncoder encoder = encoding.encoder();
    float[] vector = new float[dimension];
    float[] entered = space.room();
    encoder.context(entered); // the origin
    for (int i = 0; i < blocks * perBlock; i++) {
      int block = i / perBlock * encoding.blockLongs();
      if (i < count) {
        vectors.decode(rows[i], vector);
        space.enter(vector, entered);
        encoder.encode(entered, codes, block, i % perBlock);
      } else {
        encoding.clear(codes, block, i % perBlock);
      }
    }
    return new EntryTable(rows, level, codes, encoding);
  }

  /** Whether a row of a level belongs into it. */
  boolean takes(int ofLevel) {
    return ofLevel >= level;
  }

  /** The row with the least estimate, of those with the same the lowest; -1 when there is none. */
  int nearest(BlockScorer scorer, float[] estimates) {
    float base = scorer.baseOfZero();
    float least = Float.POSITIVE_INFINITY;
    int nearest = -1;
    for (int i = 0; i < rows.length; i += perBlock) {
      int below = scorer.score(codes, i / perBlock * blockLongs, base, least, estimates);
      for (; below != 0; below &= below - 1) {
        int slot = Integer.numberOfTrailingZeros(below);
        if (estimates[slot] < least) {
          least = estimates[slot];
          nearest = rows[i + slot];
        }
      }
    }
    return nearest;
  }

  /** Heap bytes held. */
  long bytes() {
    return 8L * codes.length + 4L * rows.length;
  }
}
