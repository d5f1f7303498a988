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
  private final Supplier<Worker> maker;

  Crew(BulkOptions options, Supplier<Worker> maker) {
    this.options = options;
    this.workers = new Worker[options.threads()];
    this.maker = maker;
  }

  /** A worker for the calling thread. */
  Worker first() {
    return worker(0);
  }

  /** Does numbered tasks, {@code perTask} of them together; false when cancelled. */
  boolean each(int count, int perTask, Task task) {
    int tasks = (count + perTask - 1) / perTask;
    return Parallel.run("hnsw", tasks, threads(tasks), group(count, perTask, task));
  }

  /** Does numbered tasks to the end, for changes that must not be left half done. */
  void eachToTheEnd(int count, int perTask, Task task) {
    int tasks = (count + perTask - 1) / perTask;
    Parallel.runToTheEnd("hnsw", tasks, threads(tasks), group(count, perTask, task));
  }

  private BulkOptions threads(int tasks) {
    return tasks < 2 ? options.threads(1) : options;
  }

  private Parallel.Task group(int count, int perTask, Task task) {
    return (t, w) -> {
      Worker worker = worker(w);
      int end = Math.min(count, (t + 1) * perTask);
      for (int i = t * perTask; i < end; i++) {
        task.run(i, worker);
      }
    };
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
