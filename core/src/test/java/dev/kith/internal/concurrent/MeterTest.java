package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.support.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final List<Long> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theEndIsToldAtOnceAndOnce() {
    Meter meter = new Meter((done, total) -> told.add(done), 10, 1);
    for (int i = 0; i < 10; i++) {
      meter.add(1);
    }
    assertThat(told).last().isEqualTo(10L);
    assertThat(told).doesNotHaveDuplicates();
  }

  @Test
  void numbersGrowAndArriveOneAtATimeWhoeverCounts() throws InterruptedException {
    int perThread = 300;
    AtomicBoolean inside = new AtomicBoolean();
    long start = System.nanoTime();
    Meter meter =
        new Meter(
            (done, total) -> {
              assertThat(inside.getAndSet(true)).as("two calls at one time").isFalse();
              assertThat(total).isEqualTo(4 * perThread);
              told.add(done);
              Thread.yield();
              inside.set(false);
            },
            4 * perThread,
            1);
    Threads.Action counter =
        () -> {
          for (int i = 0; i < perThread; i++) {
            meter.add(1);
            Thread.sleep(1);
          }
        };
    Threads.run(counter, counter, counter, counter);
    long millis = (System.nanoTime() - start) / 1_000_000;

    assertThat(told).isSorted().doesNotHaveDuplicates().last().isEqualTo(4L * perThread);
    assertThat(told.size()).as("calls within %d ms", millis).isBetween(2, (int) (millis / 200 + 2));
  }

  @Test
  void noStepIsLostWhoeverCounts() throws InterruptedException {
    int perThread = 200_000;
    Meter meter = new Meter((done, total) -> told.add(done), 4 * perThread, 1);
    Threads.Action counter =
        () -> {
          for (int i = 0; i < perThread; i++) {
            meter.add(1);
          }
        };
    Threads.run(counter, counter, counter, counter);

    assertThat(told).isSorted().doesNotHaveDuplicates().last().isEqualTo(4L * perThread);
  }

  @Test
  void theLastTaskMayHaveFewerSteps() {
    Meter meter = new Meter((done, total) -> told.add(done), 25, 10);
    Parallel.run("meter", 3, BulkOptions.defaults().threads(1), meter, (task, worker) -> {});

    assertThat(told).containsExactly(25L);
  }
}
