package dev.kith.support;

import java.util.SplittableRandom;

/**
 * Random tests that can be repeated: every run gets a fresh seed, a failure names it, and {@code
 * -Dkith.seed=...} runs that seed alone.
 */
public final class Seeds {
  private static final String PROPERTY = "kith.seed";

  private Seeds() {}

  /** A check of whatever a generator makes. */
  @FunctionalInterface
  public interface Check {
    void run(SplittableRandom random) throws Exception;
  }

  /** Runs a check with a single seed, for checks that are as long as they are to be. */
  public static void one(Check check) {
    Long given = Long.getLong(PROPERTY);
    run(given == null ? System.nanoTime() : given, check);
  }

  /** Runs a check with as many different seeds, and a hundred times more with -Dkith.long=true. */
  public static void run(int times, Check check) {
    Long given = Long.getLong(PROPERTY);
    long first = given == null ? System.nanoTime() : given;
    int runs = given != null ? 1 : Boolean.getBoolean("kith.long") ? 100 * times : times;
    for (long seed = first; seed < first + runs; seed++) {
      run(seed, check);
    }
  }

  private static void run(long seed, Check check) {
    try {
      check.run(new SplittableRandom(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("repeat with -D" + PROPERTY + "=" + seed + ": " + e, e);
    }
  }
}
