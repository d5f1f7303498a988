package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.IndexClosedException;
import dev.kith.support.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EpochsTest {
  private final Epochs epochs = new Epochs();

  @Test
  void whatIsRetiredIsSafeAtOnceWhenNobodySearches() {
    long retired = epochs.retire();
    assertThat(epochs.oldestSafe()).isGreaterThanOrEqualTo(retired);
  }

  @Test
  void aSearchHoldsBackWhatIsRetiredWhileItRuns() {
    int search = epochs.enter();
    long retired = epochs.retire();
    for (int i = 0; i < 10; i++) {
      assertThat(epochs.oldestSafe()).isLessThan(retired);
    }
    epochs.exit(search);
    assertThat(epochs.oldestSafe()).isGreaterThanOrEqualTo(retired);
  }

  @Test
  void aSearchThatBeganInAnEarlierEpochHoldsBackToo() {
    int search = epochs.enter();
    epochs.oldestSafe();
    long retired = epochs.retire();
    epochs.oldestSafe();
    assertThat(epochs.oldestSafe()).isLessThan(retired);
    epochs.exit(search);
    assertThat(epochs.oldestSafe()).isGreaterThanOrEqualTo(retired);
  }

  @Test
  void searchesThatOverlapWithoutEndDoNotHoldBackForEver() {
    int search = epochs.enter();
    for (int i = 0; i < 100; i++) {
      long retired = epochs.retire();
      for (int turn = 0; turn < 2; turn++) {
        epochs.oldestSafe();
        int next = epochs.enter();
        epochs.exit(search);
        search = next;
      }
      assertThat(epochs.oldestSafe())
          .as("somebody always searches")
          .isGreaterThanOrEqualTo(retired);
    }
  }

  @Test
  void aThreadMaySearchWhileItSearches() {
    int outer = epochs.enter();
    int inner = epochs.enter();
    long retired = epochs.retire();
    epochs.exit(inner);
    assertThat(epochs.oldestSafe()).isLessThan(retired);
    epochs.exit(outer);
    assertThat(epochs.oldestSafe()).isGreaterThanOrEqualTo(retired);
  }

  @Test
  void closingWaitsForRunningSearchesAndRefusesNewOnes() throws InterruptedException {
    int search = epochs.enter();
    Thread closer = Threads.start(epochs::close);
    Threads.await("closed", epochs::closed);

    assertThatThrownBy(epochs::enter).isInstanceOf(IndexClosedException.class);
    assertThatThrownBy(epochs::checkOpen).isInstanceOf(IndexClosedException.class);
    closer.join(50);
    assertThat(closer.isAlive()).as("closing waits for the search").isTrue();

    epochs.exit(search);
    closer.join();
    assertThatThrownBy(epochs::enter).isInstanceOf(IndexClosedException.class);
    epochs.close();
  }

  @Test
  void anInterruptDoesNotEndTheWaitOfClosingAndStaysSet() throws InterruptedException {
    int search = epochs.enter();
    AtomicBoolean interruptedAfter = new AtomicBoolean();
    Thread closer =
        Threads.start(
            () -> {
              epochs.close();
              interruptedAfter.set(Thread.currentThread().isInterrupted());
            });
    Threads.await("closed", epochs::closed);
    closer.interrupt();
    closer.join(50);
    assertThat(closer.isAlive()).isTrue();

    epochs.exit(search);
    closer.join();
    assertThat(interruptedAfter).isTrue();
  }

  @Test
  void openEpochsRefuseNothing() {
    epochs.checkOpen();
    assertThat(epochs.closed()).isFalse();
  }

  /** A place that is reused: whoever looks at it finds nothing but what it held when found. */
  @Test
  void nothingIsReusedUnderTheEyesOfAReader() throws InterruptedException {
    int places = 64;
    long end = System.nanoTime() + 700_000_000;
    AtomicReference<Integer> shown = new AtomicReference<>(0);
    AtomicIntegerArray reused = new AtomicIntegerArray(places);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    Threads.Action reader =
        () -> {
          while (!done.get()) {
            int ticket = epochs.enter();
            int place = shown.get();
            int before = reused.get(place);
            for (int i = 0; i < 20; i++) {
              assertThat(reused.get(place)).as("uses of place %d", place).isEqualTo(before);
            }
            epochs.exit(ticket);
            reads.incrementAndGet();
          }
        };
    Threads.Action writer =
        () -> {
          try {
            for (int i = 1; System.nanoTime() < end; i++) {
              int old = shown.get();
              shown.set(i % places);
              long retired = epochs.retire();
              for (int spin = 0; epochs.oldestSafe() < retired; spin++) {
                if (spin > 100) {
                  Thread.yield();
                }
              }
              reused.incrementAndGet(old);
            }
          } finally {
            done.set(true);
          }
        };
    Threads.run(writer, reader, reader, reader);
    assertThat(reads.get()).isPositive();
  }

  @Test
  void afterClosingNoSearchRunsHoweverManyRace() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Epochs own = new Epochs();
      AtomicInteger running = new AtomicInteger();
      AtomicBoolean closed = new AtomicBoolean();
      Threads.Action searcher =
          () -> {
            while (true) {
              int ticket;
              try {
                ticket = own.enter();
              } catch (IndexClosedException e) {
                return;
              }
              running.incrementAndGet();
              assertThat(closed.get()).as("closed under a search").isFalse();
              running.decrementAndGet();
              own.exit(ticket);
            }
          };
      Threads.run(
          () -> {
            own.close();
            closed.set(true);
            assertThat(running.get()).isZero();
          },
          searcher,
          searcher,
          searcher);
    }
  }
}
