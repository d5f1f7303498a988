package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IndexClosedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Rows of the contract: closing, and several threads at once. */
abstract class LifecycleRows extends FileRows {
  private static final float[][] ROWS = TestVectors.gaussian(400, DIMENSION, 61);
  private static final long PATIENCE_SECONDS = 30;

  @EachMetric
  void closedIndexRefusesEveryCall(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    SearchRequest request = ask(ROWS[0], 3);
    VectorSource source = VectorSource.of(ROWS);
    index.close();

    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("size", index::size);
    calls.put("dimension", index::dimension);
    calls.put("metric", index::metric);
    calls.put("contains", () -> index.contains(1));
    calls.put("vector", () -> index.vector(1));
    calls.put("ids", index::ids);
    calls.put("search", () -> index.search(request));
    calls.put("searchAll", () -> index.searchAll(List.of(request), BulkOptions.defaults()));
    calls.put("searchAll of nothing", () -> index.searchAll(List.of(), BulkOptions.defaults()));
    calls.put("spec", index::spec);
    calls.put("stats", index::stats);
    calls.put("save", () -> index.save(scratch.resolve("index")));
    calls.put("add", () -> index.add(1, ROWS[0]));
    calls.put("addAll", () -> index.addAll(source, BulkOptions.defaults()));
    calls.put("remove", () -> index.remove(1));
    calls.put("compact", index::compact);
    calls.forEach(
        (name, call) -> assertThatThrownBy(call).as(name).isInstanceOf(IndexClosedException.class));
    assertThat(scratch.resolve("index")).doesNotExist();
  }

  @EachMetric
  void closingTwiceDoesNothing(Metric metric) {
    MutableVectorIndex full = holding(metric, ROWS).index();
    MutableVectorIndex empty = fresh(DIMENSION, metric);
    for (MutableVectorIndex index : List.of(full, empty)) {
      index.close();
      index.close();
      assertThatThrownBy(index::size).isInstanceOf(IndexClosedException.class);
    }
  }

  @EachMetric
  void closeWaitsForRunningSearches(Metric metric) throws Exception {
    Subject subject = holding(metric, ROWS);
    SearchRequest plain = ask(ROWS[0], 10);
    Hits expected = subject.index().search(plain);
    CountDownLatch searching = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    SearchRequest slow =
        plain.filter(
            id -> {
              searching.countDown();
              await(goOn);
              return true;
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Hits> search = threads.submit(() -> subject.index().search(slow));
      await(searching);
      Future<?> close =
          threads.submit(
              () -> {
                subject.index().close();
                closed.set(true);
              });
      Thread.sleep(50);
      boolean tooEarly = closed.get();
      goOn.countDown();
      assertSameHits(get(search), expected);
      get(close);
      assertThat(tooEarly).as("close returned while a search was running").isFalse();
    }
    assertThatThrownBy(() -> subject.index().search(plain))
        .isInstanceOf(IndexClosedException.class);
  }

  @EachMetric
  void interruptedThreadSearchesLikeAnother(Metric metric) {
    Subject subject = holding(metric, ROWS);
    SearchRequest request = ask(ROWS[1], 10);
    Hits expected = subject.index().search(request);
    Thread.currentThread().interrupt();
    Hits hits;
    float[] vector;
    try {
      hits = subject.index().search(request);
      vector = subject.index().vector(3);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt flag afterwards").isTrue();
    }
    assertSameHits(hits, expected);
    assertSameBits(vector, ROWS[3]);
  }

  @EachMetric
  void searchesGoOnDuringABulk(Metric metric) throws Exception {
    Subject subject = holding(metric, ROWS);
    CountDownLatch copying = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    VectorSource rows = VectorSource.of(ROWS);
    VectorSource stuck =
        new VectorSource() {
          @Override
          public int size() {
            return rows.size();
          }

          @Override
          public long id(int row) {
            return 1_000 + rows.id(row);
          }

          @Override
          public void copy(int row, float[] target) {
            copying.countDown();
            await(goOn);
            rows.copy(row, target);
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> bulk = threads.submit(() -> subject.index().addAll(stuck, BulkOptions.defaults()));
      await(copying);
      SearchRequest request = ask(ROWS[5], 20);
      Future<Hits> search = threads.submit(() -> subject.index().search(request));
      try {
        checkAnswer(subject.model(), request, get(search));
      } finally {
        goOn.countDown();
      }
      get(bulk);
    }
    assertThat(subject.index().size()).isEqualTo(2 * ROWS.length);
  }

  /**
   * Two writers and four searchers for a moment. Ids 0 to 99 stay, the doomed ones go one by one
   * and never come back, the restless ones are replaced all the time.
   */
  @EachMetric
  void searchesDuringChangesAreSound(Metric metric) throws Exception {
    int doomedEnd = 300;
    MutableVectorIndex index = holding(metric, ROWS).index();
    AtomicInteger doomed = new AtomicInteger(100);
    AtomicInteger born = new AtomicInteger(10_000);
    AtomicBoolean over = new AtomicBoolean();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);

    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          for (int id = doomed.get(); id < doomedEnd && !over.get(); id++) {
            assertThat(index.remove(id)).isTrue();
            doomed.set(id + 1);
            Thread.sleep(2);
          }
          index.compact();
          return null;
        });
    tasks.add(
        () -> {
          for (int i = 0; !over.get(); i++) {
            int restless = doomedEnd + i % 100;
            index.add(restless, ROWS[(i * 7) % ROWS.length]);
            if (born.get() < 10_300) {
              assertThat(index.add(born.get(), ROWS[i % ROWS.length])).isTrue();
              born.incrementAndGet();
            }
          }
          return null;
        });
    for (int searcher = 0; searcher < 4; searcher++) {
      int offset = 97 * searcher;
      tasks.add(
          () -> {
            for (int i = offset; System.nanoTime() < end && !over.get(); i++) {
              int gone = doomed.get();
              int there = born.get();
              SearchRequest request = ask(ROWS[i % ROWS.length], i % 3 == 0 ? 2_000 : 10);
              Hits hits = index.search(request);
              checkDuringChanges(hits, gone, there, request.k() == 2_000);
            }
            over.set(true);
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<Void>> futures = new ArrayList<>();
      for (Callable<Void> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  try {
                    return task.call();
                  } catch (Throwable e) {
                    // The others must not wait for one that failed: its failure is what should be
                    // seen.
                    over.set(true);
                    throw e;
                  }
                }));
      }
      for (Future<Void> future : futures) {
        get(future);
      }
    }
    int removed = doomed.get() - 100;
    assertThat(index.size()).isEqualTo(ROWS.length - removed + born.get() - 10_000);
  }

  private static void checkDuringChanges(Hits hits, int gone, int there, boolean all) {
    long[] ids = hits.ids();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(hits.distances()).isSorted();
    assertThat(Arrays.stream(ids).filter(id -> id >= 100 && id < gone))
        .as("ids that were removed before the search began")
        .isEmpty();
    if (all) {
      assertThat(Ids.without(LongStream.range(0, 100).toArray(), ids))
          .as("ids that were there all the time, and are missing")
          .isEmpty();
      assertThat(Ids.without(LongStream.range(10_000, there).toArray(), ids))
          .as("ids that were added before the search began, and are missing")
          .isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
