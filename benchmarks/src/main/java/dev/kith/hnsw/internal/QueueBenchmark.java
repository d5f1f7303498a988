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
 * The queues of a search, per key offered, in the package of the queues because they are hidden
 * there. Keys come as in a search: ever better ones, most of them not good enough.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueBenchmark {
  private static final int KEYS = 4096;

  /** Searches before the keys repeat: too many for the branch predictor to learn. */
  private static final int SEARCHES = 64;

  /** Keys kept. */
  @Param({"16", "64", "256"})
  public int efSearch;

  private final long[][] searches = new long[SEARCHES][KEYS];
  private final long[] sorted = new long[256];
  private final BestQueue best = new BestQueue();
  private final MinQueue candidates = new MinQueue();
  private int next;

  /** Makes the benchmark; JMH does. */
  public QueueBenchmark() {}

  /** Draws distances that fall and level off. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    for (long[] keys : searches) {
      for (int i = 0; i < KEYS; i++) {
        float distance = (float) (random.nextDouble() * (1 + 20.0 * efSearch / (efSearch + i)));
        keys[i] = Keys.key(distance, i);
      }
    }
  }

  /**
   * Keeps the best and hands them out in order.
   *
   * @return the best
   */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public long keepBest() {
    best.reset(efSearch);
    for (long key : nextSearch()) {
      best.offer(key);
    }
    best.drain(sorted);
    return sorted[0];
  }

  /**
   * Both queues together: what is good enough is kept and becomes a candidate, and a candidate is
   * taken for every 32 keys, the links of a node.
   *
   * @return the last candidate
   */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public long search() {
    long[] keys = nextSearch();
    best.reset(efSearch);
    candidates.clear();
    long taken = 0;
    for (int i = 0; i < KEYS; i++) {
      long key = keys[i];
      if (!best.isFull() || key < best.worst()) {
        best.offer(key);
        candidates.add(key);
      }
      if ((i & 31) == 31 && !candidates.isEmpty()) {
        taken += candidates.poll();
      }
    }
    return taken;
  }

  private long[] nextSearch() {
    next = (next + 1) % SEARCHES;
    return searches[next];
  }
}
