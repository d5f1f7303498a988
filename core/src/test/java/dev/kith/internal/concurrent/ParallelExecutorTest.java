package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.support.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The caller's executor may be busy, small, broken or slow: that costs speed, nothing else. */
@Timeout(90)
class ParallelExecutorTest {
  private static final int TASKS = 200;

  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicBoolean returned = new AtomicBoolean();
  private final AtomicInteger late = new AtomicInteger();

  /** Runs tasks that notice when they run after the call has returned. */
  private boolean run(int threads, Executor executor) {
    try {
      return Parallel.run(
          "lent",
          TASKS,
          BulkOptions.defaults().threads(threads).executor(executor),
          (task, worker) -> {
            assertThat(worker).isBetween(0, threads - 1);
            ran.incrementAndGet();
            Thread.yield();
            if (returned.get()) {
              late.incrementAndGet();
            }
          });
    } finally {
      returned.set(true);
    }
  }

  @Test
  void helpersAreSubmittedForAllThreadsButTheCallers() {
    List<Runnable> submitted = new ArrayList<>();
    assertThat(run(4, submitted::add)).isTrue();
    assertThat(submitted).hasSize(3);
    assertThat(ran).hasValue(TASKS);
  }

  @Test
  void helpersThatStartAfterTheCallHasReturnedDoNothing() {
    List<Runnable> submitted = new ArrayList<>();
    run(4, submitted::add);
    submitted.forEach(Runnable::run);

    assertThat(ran).hasValue(TASKS);
    assertThat(late).hasValue(0);
  }

  @Test
  void anExecutorThatRejectsLeavesTheWorkToTheCaller() {
    AtomicInteger asked = new AtomicInteger();
    Executor rejecting =
        helper -> {
          asked.incrementAndGet();
          throw new RejectedExecutionException("full");
        };
    assertThat(run(4, rejecting)).isTrue();
    assertThat(ran).hasValue(TASKS);
    assertThat(asked.get()).isPositive();
  }

  @Test
  void anExecutorThatRunsInTheCallersThreadIsFine() {
    assertThat(run(3, Runnable::run)).isTrue();
    assertThat(ran).hasValue(TASKS);
  }

  @Test
  void aBusyExecutorDoesNotBlockTheCaller() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService busy = Executors.newSingleThreadExecutor()) {
      busy.execute(
          () -> {
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertThat(run(4, busy)).isTrue();
      release.countDown();
    }
    assertThat(ran).hasValue(TASKS);
    assertThat(late).hasValue(0);
  }

  @Test
  void virtualThreadsCanHelp() {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(run(8, executor)).isTrue();
    }
    assertThat(ran).hasValue(TASKS);
    assertThat(late).hasValue(0);
  }

  @Test
  void anExecutorThatServesItsOwnTasksDoesNotDeadlock() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService small = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 4; i++) {
        small.execute(
            () -> {
              BulkOptions options = BulkOptions.defaults().threads(4).executor(small);
              Parallel.run("nested", TASKS, options, (task, worker) -> ran.incrementAndGet());
              done.incrementAndGet();
            });
      }
      Threads.await("all four calls have returned", () -> done.get() == 4);
    }
    assertThat(ran).hasValue(4 * TASKS);
  }

  /** What an executor throws reaches the caller, or does not; but then no helper works any more. */
  @Test
  void afterAnExecutorHasThrownNoTaskRunsOnceTheCallIsOver() throws InterruptedException {
    CountDownLatch helping = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    Executor broken =
        helper -> {
          if (!threads.isEmpty()) {
            awaitUninterrupted(helping);
            throw new IllegalStateException("a broken executor");
          }
          threads.add(Thread.ofPlatform().start(helper));
        };
    assertThatThrownBy(
            () -> {
              try {
                Parallel.run(
                    "broken",
                    TASKS,
                    BulkOptions.defaults().threads(3).executor(broken),
                    (task, worker) -> {
                      helping.countDown();
                      awaitMillis(2);
                      if (returned.get()) {
                        late.incrementAndGet();
                      }
                    });
              } finally {
                returned.set(true);
              }
            })
        .hasMessage("a broken executor");
    threads.getFirst().join();
    assertThat(late).hasValue(0);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitMillis(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
