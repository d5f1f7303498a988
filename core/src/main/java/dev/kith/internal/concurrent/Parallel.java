package dev.kith.internal.concurrent;

import dev.kith.BulkOptions;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs numbered tasks on the caller's thread and, when asked for, on others that help.
 *
 * <p>Tasks are handed out in order, to whoever is free. The caller works until no task is left, so
 * helpers that an executor rejects, delays or never starts cost nothing but speed. Only helpers
 * that have begun are waited for. The outcome must not depend on who runs what.
 *
 * <p>Concurrency: one call per object; objects are not reused.
 */
public final class Parallel {
  /** One numbered task. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does the task.
     *
     * @param task its number
     * @param worker who does it, 0 for the caller; below the number of threads, so it can index
     *     scratch space
     */
    void run(int task, int worker);
  }

  private final int tasks;
  private final Task task;
  private final BulkOptions options;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final @Nullable Meter meter;
  private final boolean stoppable;
  private int running;
  private boolean finished;
  private volatile boolean stopped;
  private @Nullable Throwable failure;
  private int failedTask = Integer.MAX_VALUE;

  private Parallel(
      int tasks, BulkOptions options, @Nullable Meter meter, boolean stoppable, Task task) {
    this.tasks = tasks;
    this.options = options;
    this.meter = meter;
    this.stoppable = stoppable;
    this.task = task;
  }

  /**
   * Runs tasks {@code 0} to {@code tasks - 1}.
   *
   * @param name names the threads, {@code kith-<name>-<number>}
   * @param tasks how many
   * @param options threads, executor and cancellation
   * @param meter is told of each task that is done; may be null
   * @param task what to do
   * @return false when it was cancelled or the calling thread interrupted before every task was
   *     done
   * @throws RuntimeException or an error that a task threw: the one of the smallest number, if
   *     several did
   */
  public static boolean run(
      String name, int tasks, BulkOptions options, @Nullable Meter meter, Task task) {
    return new Parallel(tasks, options, meter, true, task).run(name);
  }

  /**
   * Runs tasks without telling of the progress.
   *
   * @param name names the threads
   * @param tasks how many
   * @param options threads, executor and cancellation
   * @param task what to do
   * @return false when it was cancelled
   */
  public static boolean run(String name, int tasks, BulkOptions options, Task task) {
    return run(name, tasks, options, null, task);
  }

  /**
   * Runs every task, whoever cancels or interrupts: for changes that must not be left half done.
   *
   * @param name names the threads
   * @param tasks how many
   * @param options threads and executor
   * @param task what to do
   */
  public static void runToTheEnd(String name, int tasks, BulkOptions options, Task task) {
    new Parallel(tasks, options, null, false, task).run(name);
  }

  private boolean run(String name) {
    if (tasks > 0 && shouldStop(0)) {
      return false; // also when helpers would have done every task before the caller's first look
    }
    try {
      startHelpers(name, Math.min(options.threads(), tasks) - 1);
    } catch (Throwable e) {
      stopped = true; // those that have started must not work on after this call
      awaitHelpers();
      throw e;
    }
    work(0);
    awaitHelpers();
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return done.get() == tasks;
  }

  private void startHelpers(String name, int helpers) {
    Executor executor = options.executor();
    for (int i = 1; i <= helpers; i++) {
      int worker = i;
      if (executor == null) {
        Thread thread = new Thread(() -> help(worker), "kith-" + name + "-" + worker);
        thread.setDaemon(true);
        thread.start();
        continue;
      }
      try {
        executor.execute(() -> help(worker));
      } catch (RejectedExecutionException e) {
        return; // the caller's thread does the work
      }
    }
  }

  private void help(int worker) {
    lock.lock();
    try {
      if (finished) {
        return;
      }
      running++;
    } finally {
      lock.unlock();
    }
    try {
      work(worker);
    } finally {
      lock.lock();
      try {
        running--;
        idle.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void work(int worker) {
    while (!stopped) {
      int number = next.getAndIncrement();
      if (number >= tasks || number < 0) {
        return;
      }
      try {
        if (shouldStop(worker)) {
          stopped = true;
          return;
        }
        task.run(number, worker);
        done.incrementAndGet();
        if (meter != null) {
          meter.taskDone(number);
        }
      } catch (Throwable e) {
        fail(number, e);
        return;
      }
    }
  }

  /** Whether the caller wants no more; its interrupt is seen on its own thread. */
  private boolean shouldStop(int worker) {
    return stoppable
        && (options.cancelWhen().getAsBoolean()
            || (worker == 0 && Thread.currentThread().isInterrupted()));
  }

  private void fail(int number, Throwable e) {
    lock.lock();
    try {
      stopped = true;
      if (number < failedTask) {
        failedTask = number;
        failure = e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitHelpers() {
    boolean interrupted = false;
    lock.lock();
    try {
      finished = true;
      while (running > 0) {
        // an interrupt of the caller stops the helpers too; it stays set for the caller to see
        if (Thread.interrupted()) {
          interrupted = true;
          stopped |= stoppable;
        }
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
