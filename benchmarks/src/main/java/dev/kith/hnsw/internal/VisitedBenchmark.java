package dev.kith.hnsw.internal;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The visited set of a search, per row looked up, in the package of the set because it is hidden
 * there. Rows come in lists of 32; about half of them were met before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VisitedBenchmark {
  private static final int LISTS = 128;

  /** Searches before the lists repeat: too many for the branch predictor to learn. */
  private static final int SEARCHES = 64;

  private static final int LINKS = 32;

  /** Rows of the index: the stamps of the small one stay in the cache. */
  @Param({"60000", "10000000"})
  public int rows;

  private final int[][][] searches = new int[SEARCHES][LISTS][LINKS];
  private final int[] list = new int[LINKS];
  private final Visited visited = new Visited();
  private int next;

  /** Makes the benchmark; JMH does. */
  public VisitedBenchmark() {}

  /** Draws the lists from a pool of rows that makes half of them repeat. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    for (int[][] lists : searches) {
      int[] pool = random.ints(LISTS * LINKS * 5L / 8, 0, rows).toArray();
      for (int[] links : lists) {
        for (int i = 0; i < LINKS; i++) {
          links[i] = pool[random.nextInt(pool.length)];
        }
      }
    }
  }

  /**
   * Asks row by row.
   *
   * @return how many were new
   */
  @Benchmark
  @OperationsPerInvocation(LISTS * LINKS)
  public int rowByRow() {
    visited.clear(rows);
    int fresh = 0;
    for (int[] links : nextSearch()) {
      for (int row : links) {
        if (visited.add(row)) {
          fresh++;
        }
      }
    }
    return fresh;
  }

  /**
   * Sifts a list at a time, as a search does.
   *
   * @return how many were new
   */
  @Benchmark
  @OperationsPerInvocation(LISTS * LINKS)
  public int listByList() {
    visited.clear(rows);
    int fresh = 0;
    for (int[] links : nextSearch()) {
      System.arraycopy(links, 0, list, 0, LINKS);
      fresh += visited.addAll(list, LINKS);
    }
    return fresh;
  }

  private int[][] nextSearch() {
    next = (next + 1) % SEARCHES;
    return searches[next];
  }
}
