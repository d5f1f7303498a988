package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Rows of the contract: adding and searching many at once, on many threads, with progress and
 * cancellation.
 */
abstract class BulkRows extends SearchRows {
  private static final float[][] ROWS = TestVectors.clustered(MANY, DIMENSION, 60, 41);
  private static final float[][] QUERIES = TestVectors.near(ROWS, 60, 0.2f, 42);

  @EachMetric
  void manySearchesEqualSingleOnes(Metric metric) {
    Subject subject = holding(metric, TestVectors.clustered(1_500, DIMENSION, 15, 43));
    List<SearchRequest> requests = requests();
    List<Hits> expected = requests.stream().map(subject.index()::search).toList();
    for (int threads : new int[] {1, 2, 8}) {
      List<Hits> actual =
          subject.index().searchAll(requests, BulkOptions.defaults().threads(threads));
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertSameHits(actual.get(i), expected.get(i));
        checkSoundIfInexact(subject, requests.get(i), actual.get(i));
      }
    }
    assertThat(subject.index().searchAll(List.of(), BulkOptions.defaults())).isEmpty();
  }

  @EachMetric
  void numberOfThreadsNeverChangesTheIndex(Metric metric) {
    MutableVectorIndex expected = fresh(DIMENSION, metric);
    expected.addAll(VectorSource.of(ROWS), BulkOptions.defaults().threads(1));
    for (int threads : new int[] {2, 8}) {
      MutableVectorIndex actual = fresh(DIMENSION, metric);
      actual.addAll(VectorSource.of(ROWS), BulkOptions.defaults().threads(threads));
      assertSameAnswers(actual, expected, requests());
    }
  }

  @EachMetric
  void threadsOfTheLibraryAreNamedAndGone(Metric metric) {
    for (int threads : new int[] {1, 3}) {
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      MutableVectorIndex index = fresh(DIMENSION, metric);
      index.addAll(
          watched(row -> seen.add(Thread.currentThread())),
          BulkOptions.defaults().threads(threads));
      SearchRequest request =
          ask(QUERIES[0], 10)
              .filter(
                  id -> {
                    seen.add(Thread.currentThread());
                    return true;
                  });
      index.searchAll(Collections.nCopies(30, request), BulkOptions.defaults().threads(threads));
      seen.remove(Thread.currentThread());
      assertThat(seen).allMatch(thread -> thread.getName().startsWith("kith-"));
      assertThat(seen).as("threads that outlive the call").noneMatch(BulkRows::stillAlive);
      if (threads == 1) {
        assertThat(seen).as("other threads than the caller's").isEmpty();
      }
    }
  }

  @EachMetric
  void executorThatRejectsDoesNotBlock(Metric metric) {
    checkLent(
        metric,
        task -> {
          throw new RejectedExecutionException("full");
        });
  }

  @EachMetric
  void executorThatNeverRunsDoesNotBlock(Metric metric) {
    checkLent(metric, task -> {});
  }

  @EachMetric
  void executorThatRunsOnTheCallerDoesNotBlock(Metric metric) {
    checkLent(metric, Runnable::run);
  }

  @EachMetric
  void executorThatRunsTooLateDoesNoHarm(Metric metric) {
    List<Runnable> late = Collections.synchronizedList(new ArrayList<>());
    Subject subject = checkLent(metric, late::add);
    Hits before = subject.index().search(ask(QUERIES[0], 10));
    List.copyOf(late).forEach(Runnable::run);
    checkContent(subject.model(), subject.index());
    assertSameHits(subject.index().search(ask(QUERIES[0], 10)), before);
  }

  @EachMetric
  void progressGrowsToTheTotal(Metric metric) {
    for (int threads : new int[] {1, 4}) {
      MutableVectorIndex index = fresh(DIMENSION, metric);
      Progress rows = new Progress(MANY);
      index.addAll(
          VectorSource.of(ROWS), BulkOptions.defaults().threads(threads).progress(rows::hear));
      rows.checkFinished();

      List<SearchRequest> requests = requests();
      Progress searches = new Progress(requests.size());
      index.searchAll(requests, BulkOptions.defaults().threads(threads).progress(searches::hear));
      searches.checkFinished();
    }
  }

  @EachMetric
  void exceptionOfAProgressListenerReachesTheCaller(Metric metric) {
    IllegalStateException failure = new IllegalStateException("the listener is broken");
    BulkOptions options =
        BulkOptions.defaults()
            .progress(
                (done, total) -> {
                  throw failure;
                });
    MutableVectorIndex index = fresh(DIMENSION, metric);
    assertThat(catchThrowable(() -> index.addAll(VectorSource.of(ROWS), options)))
        .isSameAs(failure);
    checkPartOfRows(index, index.size());
    assertThat(catchThrowable(() -> index.searchAll(requests(), options))).isSameAs(failure);
    index.addAll(VectorSource.of(ROWS), BulkOptions.defaults());
    checkPartOfRows(index, MANY);
  }

  @EachMetric
  void bulkIsCancelledByItsFlag(Metric metric) {
    for (int threads : new int[] {1, 4}) {
      for (int after : new int[] {0, 1, MANY + MANY / 3}) {
        AtomicInteger copied = new AtomicInteger();
        MutableVectorIndex index = fresh(DIMENSION, metric);
        BulkCancelledException cancelled =
            catchThrowableOfType(
                BulkCancelledException.class,
                () ->
                    index.addAll(
                        watched(row -> copied.incrementAndGet()),
                        BulkOptions.defaults()
                            .threads(threads)
                            .cancelWhen(() -> copied.get() >= after)));
        // Sources are read once or twice; one that is read once is done before the last of the
        // flags is up.
        if (cancelled == null && after > MANY) {
          checkPartOfRows(index, MANY);
          continue;
        }
        assertThat(cancelled).as("addAll after its flag was up").isNotNull();
        checkPartOfRows(index, cancelled.added());
        index.addAll(VectorSource.of(ROWS), BulkOptions.defaults());
        checkPartOfRows(index, MANY);
      }
    }
  }

  @EachMetric
  void bulkIsCancelledByInterrupt(Metric metric) {
    Thread caller = Thread.currentThread();
    for (int threads : new int[] {1, 4}) {
      for (int after : new int[] {0, MANY / 2}) {
        AtomicInteger copied = new AtomicInteger();
        MutableVectorIndex index = fresh(DIMENSION, metric);
        if (after == 0) {
          caller.interrupt();
        }
        Throwable thrown =
            catchThrowable(
                () ->
                    index.addAll(
                        watched(
                            row -> {
                              if (copied.incrementAndGet() == after) {
                                caller.interrupt();
                              }
                            }),
                        BulkOptions.defaults().threads(threads)));
        boolean flag = Thread.interrupted();
        assertThat(thrown).isInstanceOf(BulkCancelledException.class);
        assertThat(flag).as("the interrupt flag afterwards").isTrue();
        checkPartOfRows(index, ((BulkCancelledException) thrown).added());
        index.addAll(VectorSource.of(ROWS), BulkOptions.defaults());
        checkPartOfRows(index, MANY);
      }
    }
  }

  @EachMetric
  void manySearchesAreCancelled(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    List<SearchRequest> requests = Collections.nCopies(500, ask(QUERIES[0], 10));
    for (int threads : new int[] {1, 4}) {
      BulkOptions options = BulkOptions.defaults().threads(threads);
      Throwable byFlag =
          catchThrowable(() -> index.searchAll(requests, options.cancelWhen(() -> true)));
      Thread.currentThread().interrupt();
      Throwable byInterrupt = catchThrowable(() -> index.searchAll(requests, options));
      boolean flag = Thread.interrupted();
      for (Throwable thrown : List.of(byFlag, byInterrupt)) {
        assertThat(thrown).isInstanceOf(BulkCancelledException.class);
        assertThat(((BulkCancelledException) thrown).added()).isZero();
      }
      assertThat(flag).as("the interrupt flag afterwards").isTrue();
    }
  }

  /** Adds and searches with a lent executor; what it does with the tasks must not matter. */
  private Subject checkLent(Metric metric, Executor executor) {
    BulkOptions options = BulkOptions.defaults().threads(4).executor(executor);
    MutableVectorIndex index = fresh(DIMENSION, metric);
    index.addAll(VectorSource.of(ROWS), options);
    Subject subject = new Subject(index, Model.of(metric, VectorSource.of(ROWS), DIMENSION));
    checkContent(subject.model(), index);
    List<SearchRequest> requests = requests();
    List<Hits> hits = index.searchAll(requests, options);
    for (int i = 0; i < hits.size(); i++) {
      assertSameHits(hits.get(i), index.search(requests.get(i)));
    }
    return subject;
  }

  private void checkSoundIfInexact(Subject subject, SearchRequest request, Hits hits) {
    if (exact()) {
      subject.model().checkExact(request, hits);
    } else {
      subject.model().checkSound(request, hits);
    }
  }

  /** The index holds as many of {@link #ROWS} as it says, and each of them whole. */
  private void checkPartOfRows(VectorIndex index, long expected) {
    assertThat((long) index.size()).as("size").isEqualTo(expected);
    long[] ids = index.ids();
    assertThat(ids).hasSize((int) expected);
    for (long id : ids) {
      assertSameBits(index.vector(id), ROWS[(int) id]);
    }
    if (expected > 0) {
      Hits hits = index.search(ask(ROWS[(int) ids[0]], 3));
      assertThat(hits.size()).isEqualTo((int) Math.min(3, expected));
    }
  }

  /** Requests of all kinds, some of them equal. */
  private List<SearchRequest> requests() {
    List<SearchRequest> requests = new ArrayList<>();
    for (int i = 0; i < QUERIES.length; i++) {
      int remainder = i % 7;
      SearchRequest request = ask(QUERIES[i % 50], 1 + i % 13);
      requests.add(
          switch (i % 6) {
            case 1 -> request.filter(id -> id % 7 == remainder);
            case 2 -> request.filter(IdSet.of(i, i + 7L, 1_000, -1));
            case 3 -> request.maxDistance(i);
            case 4 -> request.filter(id -> false);
            case 5 -> ask(QUERIES[i], 700);
            default -> request;
          });
    }
    return requests;
  }

  private static VectorSource watched(IntConsumer beforeCopy) {
    VectorSource source = VectorSource.of(ROWS);
    return new VectorSource() {
      @Override
      public int size() {
        return source.size();
      }

      @Override
      public long id(int row) {
        return source.id(row);
      }

      @Override
      public void copy(int row, float[] target) {
        beforeCopy.accept(row);
        source.copy(row, target);
      }
    };
  }

  private static boolean stillAlive(Thread thread) {
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return thread.isAlive();
  }

  /** Listens to progress and holds it against its promises. */
  private static final class Progress {
    private final long expectedTotal;
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger inside = new AtomicInteger();
    private volatile long last = -1;

    Progress(long expectedTotal) {
      this.expectedTotal = expectedTotal;
    }

    void hear(long done, long total) {
      if (inside.incrementAndGet() != 1) {
        broken.add("called from two threads at a time");
      }
      if (total != expectedTotal) {
        broken.add("total " + total + " instead of " + expectedTotal);
      }
      if (done < 0 || done <= last || done > total) {
        broken.add(done + " of " + total + " after " + last);
      }
      last = done;
      inside.decrementAndGet();
    }

    void checkFinished() {
      assertThat(broken).as("what was wrong with the progress").isEmpty();
      assertThat(last).as("the last progress").isEqualTo(expectedTotal);
    }
  }
}
