package dev.kith.hnsw.internal;

/**
 * Levels and the order of insertion, from a seed and an id alone: the same in every run, on every
 * machine.
 */
final class Levels {
  /** No row is higher; at m = 2, one row in 2^24 would be. */
  static final int MAX = 24;

  private final long seed;
  private final double scale;

  Levels(long seed, int m) {
    this.seed = seed;
    this.scale = 1 / StrictMath.log(m);
  }

  /** A number that orders rows as if shuffled. */
  long order(long id) {
    return mix(id + seed * 0x9E37_79B9_7F4A_7C15L);
  }

  /** The level of an id, exponentially distributed: floor(-ln(u) / ln(m)). */
  int level(long id) {
    long bits = mix(order(id) ^ 0xD1B5_4A32_D192_ED03L);
    double u = ((bits >>> 11) + 1) * 0x1p-53;
    return Math.min(MAX, (int) (-StrictMath.log(u) * scale));
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return y ^ (y >>> 31);
  }
}
