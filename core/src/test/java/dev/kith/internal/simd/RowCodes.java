package dev.kith.internal.simd;

import java.util.SplittableRandom;

/** Rows of codes, and the bytes in them. */
record RowCodes(CodeRows rows, byte[][] all) {
  static RowCodes bytes(SplittableRandom random, int count, int dimension) {
    byte[][] all = new byte[count][];
    for (int i = 0; i < count; i++) {
      all[i] = someBytes(random, dimension);
    }
    return of(all);
  }

  /** From -127 to 127, the ends often. */
  static byte[] someBytes(SplittableRandom random, int dimension) {
    byte[] bytes = new byte[dimension];
    for (int i = 0; i < dimension; i++) {
      bytes[i] =
          (byte)
              switch (random.nextInt(8)) {
                case 0 -> 127;
                case 1 -> -127;
                default -> random.nextInt(-127, 128);
              };
    }
    return bytes;
  }

  /** Rows of bytes; what stands behind them is all ones. */
  static RowCodes of(byte[]... all) {
    int words = (all[0].length + 7) / 8;
    CodeRows rows = new CodeRows(words, 1).withCapacity(all.length);
    for (int row = 0; row < all.length; row++) {
      long[] chunk = rows.chunk(row);
      for (int i = 0; i < all[row].length; i++) {
        chunk[rows.offset(row) + i / 8] |= (all[row][i] & 0xFFL) << (8 * (i % 8));
      }
      chunk[rows.offset(row) + words] = -1;
    }
    return new RowCodes(rows, all);
  }

  static RowCodes random(SplittableRandom random, int count, int words, int extras) {
    CodeRows rows = new CodeRows(words, extras).withCapacity(count);
    for (int row = 0; row < count; row++) {
      for (int k = 0; k < words + extras; k++) {
        rows.chunk(row)[rows.offset(row) + k] = random.nextLong();
      }
    }
    return new RowCodes(rows, new byte[0][]);
  }

  static void split(byte[] query, short[] even, short[] odd) {
    for (int i = 0; i < query.length; i++) {
      (i % 2 == 0 ? even : odd)[i / 2] = query[i];
    }
  }

  byte[] bytes(int row) {
    return all[row];
  }
}
