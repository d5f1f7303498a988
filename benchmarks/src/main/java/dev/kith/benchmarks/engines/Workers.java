package dev.kith.benchmarks.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs a piece of work on several threads; with one, on the caller's. */
final class Workers {
  private Workers() {}

  static void run(int threads, IntConsumer work) {
    if (threads == 1) {
      work.accept(0);
      return;
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int worker = i;
        running.add(executor.submit(() -> work.accept(worker)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while building", e);
    }
  }
}
