package dev.kith;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long work is done: on how many threads, whose threads, who hears of the progress, and how it
 * is stopped.
 *
 * <p>Concurrency: immutable; each method that sets something returns new options. The number of
 * threads never changes the outcome: the same input gives the same index, bit for bit, with 1 or 64
 * threads.
 */
public final class BulkOptions {
  private static final BulkOptions DEFAULTS =
      new BulkOptions(0, null, (done, total) -> {}, () -> false);

  private final int threads;
  private final @Nullable Executor executor;
  private final BulkProgress progress;
  private final BooleanSupplier cancelled;

  private BulkOptions(
      int threads, @Nullable Executor executor, BulkProgress progress, BooleanSupplier cancelled) {
    this.threads = threads;
    this.executor = executor;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /**
   * As many threads as the JVM sees processors: the caller's and others that are started for the
   * call, named {@code kith-...}, and gone when it returns.
   *
   * @return the defaults
   */
  public static BulkOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the number of threads, the caller's included; with 1 everything stays on the caller's
   * thread.
   *
   * @param threads from 1 to 1024
   * @return options with that number
   * @throws IllegalArgumentException if the number is out of range
   */
  public BulkOptions threads(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads: " + threads + ", expected 1 to 1024");
    }
    return new BulkOptions(threads, executor, progress, cancelled);
  }

  /**
   * Lends an executor instead of threads of Kith's own. The caller's thread works too, and does
   * everything that the executor does not take on; so a busy, small or rejecting executor slows the
   * work down but never blocks it.
   *
   * @param executor where up to {@code threads - 1} workers are submitted
   * @return options with that executor
   */
  public BulkOptions executor(Executor executor) {
    return new BulkOptions(
        threads, Objects.requireNonNull(executor, "executor"), progress, cancelled);
  }

  /**
   * Sets the listener of progress. An exception it throws ends the work as a cancellation would and
   * reaches the caller.
   *
   * @param progress hears how far the work has come
   * @return options with that listener
   */
  public BulkOptions progress(BulkProgress progress) {
    return new BulkOptions(
        threads, executor, Objects.requireNonNull(progress, "progress"), cancelled);
  }

  /**
   * Gives a way to stop the work: it ends with {@link BulkCancelledException} soon after this says
   * true, or after the calling thread was interrupted.
   *
   * @param cancelled says whether to stop; quick, and safe to ask from any thread
   * @return options with that cancellation
   */
  public BulkOptions cancelWhen(BooleanSupplier cancelled) {
    return new BulkOptions(
        threads, executor, progress, Objects.requireNonNull(cancelled, "cancelled"));
  }

  /**
   * The number of threads that may work, the caller's included.
   *
   * @return the number set, or the number of processors
   */
  public int threads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * The executor lent.
   *
   * @return null when Kith starts its own threads for the call
   */
  public @Nullable Executor executor() {
    return executor;
  }

  /**
   * The listener of progress.
   *
   * @return one that does nothing unless it was set
   */
  public BulkProgress progress() {
    return progress;
  }

  /**
   * The cancellation.
   *
   * @return one that never cancels unless it was set
   */
  public BooleanSupplier cancelWhen() {
    return cancelled;
  }
}
