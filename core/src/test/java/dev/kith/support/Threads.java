package dev.kith.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Threads of a test: started together, waited for, and their failures passed on. */
public final class Threads {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Threads() {}

  /** Something a thread does. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  /** Runs actions at the same time, each in a thread of its own, and waits for all of them. */
  public static void run(Action... actions) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (Action action : actions) {
      threads.add(
          start(
              () -> {
                start.await();
                action.run();
              },
              failure));
    }
    start.countDown();
    long end = System.nanoTime() + LIMIT_NANOS;
    for (Thread thread : threads) {
      while (thread.isAlive() && failure.get() == null) {
        thread.join(20);
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("still running after a minute: " + where(thread));
        }
      }
    }
    if (failure.get() != null) {
      throw new AssertionError("in a thread of the test: " + failure.get(), failure.get());
    }
  }

  private static Thread start(Action action, AtomicReference<Throwable> failure) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                action.run();
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Starts an action in a thread of its own; an exception ends the thread. */
  public static Thread start(Action action) {
    return start(action, new AtomicReference<>());
  }

  /** Waits until something is true, at most a minute. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(1);
    }
  }

  private static String where(Thread thread) {
    return thread + " " + List.of(thread.getStackTrace());
  }
}
