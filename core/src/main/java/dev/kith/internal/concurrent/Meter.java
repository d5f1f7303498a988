package dev.kith.internal.concurrent;

import dev.kith.BulkProgress;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts steps and tells the caller's listener a few times a second.
 *
 * <p>Concurrency: any thread; the listener hears from one at a time, of growing numbers.
 */
public final class Meter {
  private static final long INTERVAL_NANOS = 200_000_000;

  private final BulkProgress listener;
  private final long total;
  private final long stepsPerTask;
  private final ReentrantLock lock = new ReentrantLock();
  private long done;
  private long lastTold = System.nanoTime();

  /**
   * Starts at zero.
   *
   * @param listener hears of the progress
   * @param total all steps
   * @param stepsPerTask steps of each task but perhaps the last
   */
  public Meter(BulkProgress listener, long total, long stepsPerTask) {
    this.listener = listener;
    this.total = total;
    this.stepsPerTask = stepsPerTask;
  }

  /**
   * Counts a task.
   *
   * @param task its number, from which follows how many steps it had
   */
  void taskDone(int task) {
    add(Math.min(stepsPerTask, total - task * stepsPerTask));
  }

  /**
   * Counts steps.
   *
   * @param steps how many more are done
   */
  public void add(long steps) {
    lock.lock();
    try {
      done += steps;
      long now = System.nanoTime();
      if (done == total || now - lastTold >= INTERVAL_NANOS) {
        lastTold = now;
        listener.progress(done, total);
      }
    } finally {
      lock.unlock();
    }
  }
}
