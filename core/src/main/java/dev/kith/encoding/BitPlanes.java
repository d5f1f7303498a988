package dev.kith.encoding;

/**
 * Takes levels apart into bit planes: plane p holds bit p of 64 levels in each of its words, that
 * of the first level in the lowest bit.
 */
final class BitPlanes {
  private BitPlanes() {}

  /**
   * Lays out planes one after the other.
   *
   * @param levels whole words of 64 levels, each below 2 to the number of planes, as bytes without
   *     a sign
   * @param planes how many, 1 to 8
   * @param target receives {@code planes * levels.length / 64} longs
   * @param offset where the first goes
   */
  static void split(byte[] levels, int planes, long[] target, int offset) {
    int words = levels.length / Long.SIZE;
    for (int word = 0; word < words; word++) {
      for (int plane = 0; plane < planes; plane++) {
        target[offset + plane * words + word] = 0;
      }
      for (int group = 0; group < Long.SIZE; group += Byte.SIZE) {
        long bits = transposed(eight(levels, word * Long.SIZE + group));
        for (int plane = 0; plane < planes; plane++) {
          target[offset + plane * words + word] |= (bits >>> (Byte.SIZE * plane) & 0xFF) << group;
        }
      }
    }
  }

  private static long eight(byte[] levels, int at) {
    long eight = 0;
    for (int i = 0; i < Byte.SIZE; i++) {
      eight |= (levels[at + i] & 0xFFL) << (Byte.SIZE * i);
    }
    return eight;
  }

  /** Eight rows of eight bits become columns: halves of blocks of 2, 4 and 8 rows change places. */
  private static long transposed(long rows) {
    long x = rows;
    long t = (x ^ (x >>> 7)) & 0x00AA_00AA_00AA_00AAL;
    x ^= t ^ (t << 7);
    t = (x ^ (x >>> 14)) & 0x0000_CCCC_0000_CCCCL;
    x ^= t ^ (t << 14);
    t = (x ^ (x >>> 28)) & 0x0000_0000_F0F0_F0F0L;
    return x ^ t ^ (t << 28);
  }

  /**
   * The level of a component.
   *
   * @param planes holds planes of some words each
   * @param offset the first long of the first
   * @param words longs of a plane
   * @param count how many planes
   * @param component which
   * @return its level, the sum of {@code 2^p} over the planes that have its bit
   */
  static int level(long[] planes, int offset, int words, int count, int component) {
    int level = 0;
    for (int plane = 0; plane < count; plane++) {
      long word = planes[offset + plane * words + component / Long.SIZE];
      level |= (int) (word >>> component & 1) << plane;
    }
    return level;
  }
}
