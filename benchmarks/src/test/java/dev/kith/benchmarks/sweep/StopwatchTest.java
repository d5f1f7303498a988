package dev.kith.benchmarks.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.benchmarks.engines.Searcher;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private static final float[][] QUERIES = {{0}, {1}};
  private static final int[][] TRUTH = {{1, 2, 3, 4}, {5, 6, 7, 8}};

  /** Finds half of the first query's answers, one of them twice, and all of the second's. */
  private static Searcher searcher(long sleepMicros) {
    return (query, k, effort, ids) -> {
      long end = System.nanoTime() + 1000 * sleepMicros;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      ids[0] = query[0] == 0 ? 3 : 5;
      ids[1] = query[0] == 0 ? 3 : 6;
      return 2;
    };
  }

  @Test
  void recallCountsEachIdOnce() throws IOException {
    var timing = new Stopwatch(List.of(searcher(50)), QUERIES, TRUTH, 2, Pace.QUICK).time(10);
    // Of {1, 2} nothing is found, of {5, 6} all.
    assertThat(timing.recall()).isEqualTo(0.5);
    var deeper = new Stopwatch(List.of(searcher(50)), QUERIES, TRUTH, 4, Pace.QUICK).time(10);
    assertThat(deeper.recall()).isEqualTo(3 / 8.0);
  }

  /** The machine may be busy, so only what cannot be faster is sure. */
  @Test
  void timesAreThoseOfTheSearches() throws IOException {
    var timing = new Stopwatch(List.of(searcher(200)), QUERIES, TRUTH, 2, Pace.QUICK).time(10);
    assertThat(timing.p50()).isGreaterThanOrEqualTo(200);
    assertThat(timing.p99()).isGreaterThanOrEqualTo(timing.p50());
    assertThat(timing.qps()).isLessThanOrEqualTo(5000).isGreaterThan(100);
  }

  @Test
  void severalThreadsShareTheQueries() throws IOException {
    var timing =
        new Stopwatch(List.of(searcher(200), searcher(200)), QUERIES, TRUTH, 2, Pace.QUICK)
            .time(10);
    assertThat(timing.recall()).isEqualTo(0.5, within(1e-9));
    assertThat(timing.p50()).isGreaterThanOrEqualTo(200);
    assertThat(timing.qps()).isLessThanOrEqualTo(10_000).isGreaterThan(100);
  }
}
