package dev.kith.eval;

/**
 * A stream of random numbers that is a function of its key alone: SplitMix64 (Steele, Lea and
 * Flood, OOPSLA 2014). The same numbers on every machine: integers, and {@link StrictMath} where
 * reals are made of them.
 *
 * <p>Not thread-safe: make one where it is used.
 */
final class SplitMix {
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private long state;

  /** Starts the stream of one item of a kind, independent of every other item, kind and seed. */
  SplitMix(long seed, int kind, long item) {
    this.state = mix(mix(mix(seed + GOLDEN) + kind * GOLDEN) + item * GOLDEN);
  }

  /** Sixty-four random bits. */
  long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** A number from 0, inclusive, to 1, exclusive: a multiple of 2^-53. */
  double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** Fills the target with independent standard normal numbers (Box and Muller, 1958). */
  void fillGaussian(double[] target) {
    for (int i = 0; i < target.length; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
      double angle = 2 * StrictMath.PI * uniform();
      target[i] = radius * StrictMath.cos(angle);
      if (i + 1 < target.length) {
        target[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
