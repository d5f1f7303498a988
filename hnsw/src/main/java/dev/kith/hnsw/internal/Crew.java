package dev.kith.hnsw.internal;

import dev.kith.BulkOptions;
import dev.kith.internal.concurrent.Parallel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one bulk change, one for each thread that may take part. What they do never
 * depends on which of them does it.
 *
 * <p>Concurrency: one call of {@link #each} at a time.
 */
final class Crew {
  /** A task for a worker. */
  @FunctionalInterface
  interface Task {
    void run(int number, Worker worker);
  }

  private final @Nullable Worker[] workers;
  private final BulkOptions options;
  private final BulkOptions uncancelled;
  private final Supplier<Worker> maker;

  Crew(BulkOptions options, Supplier<Worker> maker) {
    this.options = options;
    this.uncancelled = options.cancelWhen(() -> false);
    this.workers = new Worker[options.threads()];
    this.maker = maker;
  }

  /** A worker for the calling thread. */
  Worker first() {
    return worker(0);
  }

  /** Does numbered tasks, {@code perTask} of them together; false when cancelled. */
  boolean each(int count, int perTask, Task task) {
    return each(options, count, perTask, task);
  }

  /** Does numbered tasks to the end. */
  void eachUncancelled(int count, int perTask, Task task) {
    each(uncancelled, count, perTask, task);
  }

  private boolean each(BulkOptions how, int count, int perTask, Task task) {
    int tasks = (count + perTask - 1) / perTask;
    return Parallel.run(
        "hnsw",
        tasks,
        tasks < 2 ? how.threads(1) : how,
        (t, w) -> {
          Worker worker = worker(w);
          int end = Math.min(count, (t + 1) * perTask);
          for (int i = t * perTask; i < end; i++) {
            task.run(i, worker);
          }
        });
  }

  private Worker worker(int number) {
    Worker worker = workers[number];
    if (worker == null) {
      worker = maker.get();
      workers[number] = worker;
    }
    return worker;
  }
}
