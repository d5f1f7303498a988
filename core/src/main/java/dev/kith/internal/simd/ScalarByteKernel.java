package dev.kith.internal.simd;

/** Products of bytes without the Vector API: the definition that others are held against. */
final class ScalarByteKernel implements ByteKernel {
  @Override
  public void rows(
      short[] even, short[] odd, CodeRows rows, int[] ordinals, int from, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      long[] chunk = rows.chunk(ordinals[from + i]);
      int offset = rows.offset(ordinals[from + i]);
      int product = 0;
      for (int at = 0; at < rows.length(); at++) {
        long eight = chunk[offset + at];
        for (int pair = 4 * at; pair < 4 * at + 4; pair++) {
          product += even[pair] * (byte) eight + odd[pair] * (byte) (eight >> 8);
          eight >>= 16;
        }
      }
      out[i] = product;
    }
  }

  @Override
  public void split(CodeRows rows, int ordinal, short[] even, short[] odd) {
    long[] chunk = rows.chunk(ordinal);
    int offset = rows.offset(ordinal);
    for (int i = 0; i < Long.BYTES / 2 * rows.length(); i++) {
      long pair = chunk[offset + (i >> 2)] >> (2 * Byte.SIZE * (i & 3));
      even[i] = (byte) pair;
      odd[i] = (byte) (pair >> Byte.SIZE);
    }
  }
}
