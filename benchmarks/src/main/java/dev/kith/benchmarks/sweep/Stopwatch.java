package dev.kith.benchmarks.sweep;

import dev.kith.benchmarks.engines.Searcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/**
 * Times searches. A pass is all queries, as many times over as fill the time of a pass. Passes are
 * repeated until two in a row differ by less than 3 %, within the bounds of the pace; then come the
 * timed ones.
 */
final class Stopwatch {
  private static final int PASSES = 5;
  private static final double STABLE = 0.03;

  private final List<Searcher> searchers;
  private final float[][] queries;
  private final int[][] truth;
  private final int k;
  private final Pace pace;

  /** One searcher for each thread. */
  Stopwatch(List<Searcher> searchers, float[][] queries, int[][] truth, int k, Pace pace) {
    this.searchers = searchers;
    this.queries = queries;
    this.truth = truth;
    this.k = k;
    this.pace = pace;
  }

  /**
   * What was found.
   *
   * @param recall share of the true k found, mean over the queries
   * @param qps queries a second, median of the passes
   * @param p50 median latency in microseconds
   * @param p99 latency in microseconds
   */
  record Timing(double recall, double qps, double p50, double p99) {}

  /** Searches for a while, so that the first effort meets compiled code as the others do. */
  void start(int effort) {
    long end = System.nanoTime() + pace.startNanos();
    while (System.nanoTime() < end) {
      pass(effort, 1, null, 0);
    }
  }

  Timing time(int effort) throws IOException {
    double recall = recall(effort);
    int times = warmUp(effort);
    double[] qps = new double[PASSES];
    int perPass = times * queries.length;
    long[] latencies = new long[PASSES * perPass];
    for (int pass = 0; pass < PASSES; pass++) {
      long nanos = pass(effort, times, latencies, pass * perPass);
      qps[pass] = 1e9 * perPass / nanos;
    }
    Arrays.sort(latencies);
    return new Timing(recall, Medians.of(qps), micros(latencies, 0.50), micros(latencies, 0.99));
  }

  private double recall(int effort) throws IOException {
    Searcher searcher = searchers.getFirst();
    int[] ids = new int[k];
    long hits = 0;
    long wanted = 0;
    for (int query = 0; query < queries.length; query++) {
      int depth = Math.min(k, truth[query].length);
      Set<Integer> exact = new HashSet<>();
      for (int rank = 0; rank < depth; rank++) {
        exact.add(truth[query][rank]);
      }
      int found = searcher.search(queries[query], k, effort, ids);
      for (int i = 0; i < found; i++) {
        // An id that is returned twice counts once.
        hits += exact.remove(ids[i]) ? 1 : 0;
      }
      wanted += depth;
    }
    return (double) hits / wanted;
  }

  /** Returns how many times over the queries make a pass. */
  private int warmUp(int effort) {
    int times = 1;
    long spent = 0;
    double before = 0;
    while (true) {
      long nanos = pass(effort, times, null, 0);
      spent += nanos;
      double each = (double) nanos / times;
      boolean stable = Math.abs(each - before) < STABLE * before;
      if ((stable && spent > pace.leastWarmUpNanos()) || spent > pace.mostWarmUpNanos()) {
        return times;
      }
      before = each;
      times = (int) Math.max(1, Math.ceil(pace.passNanos() / each));
    }
  }

  /** Runs all queries so many times over and returns the wall time. */
  private long pass(int effort, int times, long @Nullable [] latencies, int offset) {
    int threads = searchers.size();
    if (threads == 1) {
      long start = System.nanoTime();
      share(0, effort, times, latencies, offset);
      return System.nanoTime() - start;
    }
    long[] at = new long[2];
    // The last to arrive reads the clock: once when all start, once when all are done.
    CyclicBarrier start = new CyclicBarrier(threads, () -> at[0] = System.nanoTime());
    CyclicBarrier end = new CyclicBarrier(threads, () -> at[1] = System.nanoTime());
    Thread[] running = new Thread[threads];
    Throwable[] failure = new Throwable[1];
    for (int t = 0; t < threads; t++) {
      int own = t;
      running[t] =
          new Thread(
              () -> {
                try {
                  start.await();
                  share(own, effort, times, latencies, offset);
                  end.await();
                } catch (Exception e) {
                  failure[0] = e;
                  end.reset();
                }
              },
              "search-" + t);
      running[t].start();
    }
    try {
      for (Thread thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while measuring", e);
    }
    if (failure[0] != null) {
      throw new IllegalStateException("a search failed: " + failure[0], failure[0]);
    }
    return at[1] - at[0];
  }

  /** One thread's share: every so many-th query. */
  private void share(int thread, int effort, int times, long @Nullable [] latencies, int offset) {
    Searcher searcher = searchers.get(thread);
    int step = searchers.size();
    int[] ids = new int[k];
    long before = System.nanoTime();
    try {
      for (int time = 0; time < times; time++) {
        int base = offset + time * queries.length;
        for (int query = thread; query < queries.length; query += step) {
          searcher.search(queries[query], k, effort, ids);
          long now = System.nanoTime();
          if (latencies != null) {
            latencies[base + query] = now - before;
          }
          before = now;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double micros(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
  }
}
