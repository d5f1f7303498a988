package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.support.Seeds;
import dev.kith.support.Threads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on threads of its own; {@link ParallelExecutorTest} lends it executors. */
@Timeout(90)
class ParallelTest {
  private static final BulkOptions FOUR = BulkOptions.defaults().threads(4);

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a helper", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyTaskRunsOnceAndTheCallerSeesWhatItDid() {
    Seeds.run(
        200,
        random -> {
          int tasks = random.nextInt(100);
          int threads = random.nextInt(1, 9);
          int[] runs = new int[tasks];
          boolean done =
              Parallel.run(
                  "once",
                  tasks,
                  BulkOptions.defaults().threads(threads),
                  (task, worker) -> runs[task]++);
          assertThat(done).isTrue();
          for (int task = 0; task < tasks; task++) {
            assertThat(runs[task]).as("runs of task %d of %d", task, tasks).isEqualTo(1);
          }
        });
  }

  @Test
  void noTwoTasksShareAWorkerAtOneTimeAndTheCallerIsWorkerZero() {
    Thread caller = Thread.currentThread();
    AtomicIntegerArray busy = new AtomicIntegerArray(4);
    Set<Integer> workers = ConcurrentHashMap.newKeySet();
    Parallel.run(
        "workers",
        60,
        FOUR,
        (task, worker) -> {
          assertThat(busy.getAndIncrement(worker)).isZero();
          assertThat(Thread.currentThread() == caller).isEqualTo(worker == 0);
          workers.add(worker);
          pause(2);
          busy.getAndDecrement(worker);
        });
    assertThat(workers).contains(0).hasSizeGreaterThan(1);
  }

  @Test
  void helpersAreNamedDaemonsThatAreGoneAfterwards() throws InterruptedException {
    Set<Thread> helpers = ConcurrentHashMap.newKeySet();
    Parallel.run(
        "naming",
        40,
        FOUR,
        (task, worker) -> {
          pause(2);
          if (worker > 0) {
            Thread helper = Thread.currentThread();
            assertThat(helper.getName()).isEqualTo("kith-naming-" + worker);
            assertThat(helper.isDaemon()).isTrue();
            helpers.add(helper);
          }
        });
    assertThat(helpers).isNotEmpty();
    Threads.await("threads of the call are gone", () -> !anyThreadNamed("kith-naming-"));
  }

  private static boolean anyThreadNamed(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith(prefix));
  }

  @Test
  void withOneThreadEverythingStaysOnTheCallerInOrder() {
    AtomicInteger next = new AtomicInteger();
    Thread caller = Thread.currentThread();
    Parallel.run(
        "alone",
        20,
        BulkOptions.defaults().threads(1),
        (task, worker) -> {
          assertThat(task).isEqualTo(next.getAndIncrement());
          assertThat(Thread.currentThread()).isSameAs(caller);
        });
    assertThat(next).hasValue(20);
  }

  @Test
  void ofSeveralFailuresThatOfTheSmallestTaskReachesTheCaller() {
    for (int round = 0; round < 50; round++) {
      CountDownLatch laterFailed = new CountDownLatch(1);
      assertThatThrownBy(
              () ->
                  Parallel.run(
                      "failing",
                      100,
                      BulkOptions.defaults().threads(2),
                      (task, worker) -> {
                        if (task == 3) {
                          await(laterFailed);
                          pause(1);
                          throw new IllegalStateException("task 3");
                        }
                        if (task == 5) {
                          laterFailed.countDown();
                          throw new IllegalStateException("task 5");
                        }
                      }))
          .hasMessage("task 3");
    }
  }

  @Test
  void errorsReachTheCallerAsTheyAre() {
    OutOfMemoryError error = new OutOfMemoryError("of the test");
    assertThatThrownBy(
            () ->
                Parallel.run(
                    "error",
                    8,
                    FOUR,
                    (task, worker) -> {
                      if (task == 6) {
                        throw error;
                      }
                    }))
        .isSameAs(error);
  }

  @Test
  void noTaskRunsAfterAFailureHasReachedTheCaller() {
    for (int round = 0; round < 20; round++) {
      AtomicInteger running = new AtomicInteger();
      AtomicBoolean returned = new AtomicBoolean();
      AtomicBoolean late = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  Parallel.run(
                      "late",
                      1000,
                      FOUR,
                      (task, worker) -> {
                        running.incrementAndGet();
                        late.compareAndSet(false, returned.get());
                        pause(1);
                        running.decrementAndGet();
                        if (task == 20) {
                          throw new IllegalStateException("stop");
                        }
                      }))
          .hasMessage("stop");
      returned.set(true);
      assertThat(running).hasValue(0);
      pause(3);
      assertThat(late).isFalse();
    }
  }

  @Test
  void cancellingStopsSoonAndSaysSo() {
    AtomicInteger ran = new AtomicInteger();
    BulkOptions options = FOUR.cancelWhen(() -> ran.get() >= 10);

    assertThat(Parallel.run("cancel", 10_000, options, (task, worker) -> ran.incrementAndGet()))
        .isFalse();
    assertThat(ran.get()).isBetween(10, 14);
  }

  @Test
  void aCancellationAfterTheLastTaskChangesNothing() {
    AtomicInteger ran = new AtomicInteger();
    BulkOptions options = BulkOptions.defaults().threads(1).cancelWhen(() -> ran.get() >= 10);

    assertThat(Parallel.run("cancel", 10, options, (task, worker) -> ran.incrementAndGet()))
        .isTrue();
  }

  @Test
  void aCallCancelledBeforeItBeganDoesNothing() {
    AtomicInteger ran = new AtomicInteger();
    BulkOptions cancelled = FOUR.cancelWhen(() -> true);

    assertThat(Parallel.run("cancel", 10, cancelled, (task, worker) -> ran.incrementAndGet()))
        .isFalse();
    assertThat(ran).hasValue(0);
    assertThat(Parallel.run("cancel", 0, cancelled, (task, worker) -> {}))
        .as("no task, nothing to cancel")
        .isTrue();
  }

  @Test
  void anExceptionOfTheCancellationReachesTheCaller() {
    IllegalStateException failure = new IllegalStateException("cannot say");
    BulkOptions options =
        FOUR.cancelWhen(
            () -> {
              throw failure;
            });
    assertThatThrownBy(() -> Parallel.run("cancel", 10, options, (task, worker) -> {}))
        .isSameAs(failure);
  }

  @Test
  void anInterruptedCallerDoesNothingAndStaysInterrupted() {
    AtomicInteger ran = new AtomicInteger();
    Thread.currentThread().interrupt();
    boolean done = Parallel.run("interrupt", 100, FOUR, (task, worker) -> ran.incrementAndGet());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isFalse();
    assertThat(ran).hasValue(0);
  }

  @Test
  void anInterruptOfTheCallerStopsTheHelpersToo() {
    AtomicInteger ran = new AtomicInteger();
    Thread caller = Thread.currentThread();
    boolean done =
        Parallel.run(
            "interrupt",
            100_000,
            FOUR,
            (task, worker) -> {
              if (ran.incrementAndGet() == 20) {
                caller.interrupt();
              }
              if (worker > 0) {
                pause(1);
              }
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isFalse();
    assertThat(ran.get()).isLessThan(100_000);
  }

  @Test
  void aCallerInterruptedWhileItWaitsStillWaitsForItsHelpers() {
    Thread caller = Thread.currentThread();
    CountDownLatch helping = new CountDownLatch(1);
    AtomicBoolean helperDone = new AtomicBoolean();
    Parallel.run(
        "waiting",
        2,
        BulkOptions.defaults().threads(2),
        (task, worker) -> {
          if (worker == 0) {
            await(helping);
            return;
          }
          helping.countDown();
          pause(30);
          caller.interrupt();
          pause(30);
          helperDone.set(true);
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(helperDone).isTrue();
  }

  @Test
  void workThatMustNotStopGoesOnWhoeverCancelsOrInterrupts() {
    AtomicIntegerArray runs = new AtomicIntegerArray(200);
    Thread caller = Thread.currentThread();
    caller.interrupt();
    Parallel.runToTheEnd(
        "whole",
        200,
        FOUR.cancelWhen(() -> true),
        (task, worker) -> {
          runs.incrementAndGet(task);
          if (worker > 0) {
            caller.interrupt();
          }
        });
    assertThat(Thread.interrupted()).isTrue();
    for (int task = 0; task < 200; task++) {
      assertThat(runs.get(task)).as("task %d", task).isEqualTo(1);
    }
  }

  @Test
  void progressIsToldToTheEndAndItsExceptionReachesTheCaller() {
    AtomicReference<Long> last = new AtomicReference<>(0L);
    Meter meter = new Meter((done, total) -> last.set(done), 95, 10);
    Parallel.run("meter", 10, FOUR, meter, (task, worker) -> {});
    assertThat(last).hasValue(95L);

    IllegalStateException failure = new IllegalStateException("the listener");
    Meter broken =
        new Meter(
            (done, total) -> {
              throw failure;
            },
            10,
            1);
    assertThatThrownBy(() -> Parallel.run("meter", 10, FOUR, broken, (task, worker) -> {}))
        .isSameAs(failure);
  }
}
