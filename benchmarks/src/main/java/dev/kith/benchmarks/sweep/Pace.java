package dev.kith.benchmarks.sweep;

/**
 * How long a measurement takes at each effort.
 *
 * @param startNanos how long searches run before the first effort, for the compiler
 * @param passNanos how long a pass is at least; a shorter one is made of the queries several times
 * @param leastWarmUpNanos before passes may count as stable
 * @param mostWarmUpNanos after which they count as stable
 */
record Pace(long startNanos, long passNanos, long leastWarmUpNanos, long mostWarmUpNanos) {
  private static final long MILLI = 1_000_000;

  /** For results that others are to believe. */
  static final Pace FULL = new Pace(3000 * MILLI, 250 * MILLI, 1000 * MILLI, 8000 * MILLI);

  /** For a first look. */
  static final Pace QUICK = new Pace(500 * MILLI, 20 * MILLI, 50 * MILLI, 300 * MILLI);
}
