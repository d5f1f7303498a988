package dev.kith.hnsw.internal;

/**
 * A distance and a row in one long whose order is that of the distance, then of the row: what the
 * queues of a search hold.
 */
final class Keys {
  private Keys() {}

  static long key(float distance, int row) {
    return (long) sortable(Float.floatToRawIntBits(distance)) << 32 | row;
  }

  static int row(long key) {
    return (int) key;
  }

  static float distance(long key) {
    return Float.intBitsToFloat(sortable((int) (key >> 32)));
  }

  /** Turns the bits of a float into an int of the same order, and back. */
  private static int sortable(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
