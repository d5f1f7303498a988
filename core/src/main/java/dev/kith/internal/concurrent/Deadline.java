package dev.kith.internal.concurrent;

import dev.kith.SearchRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether one search must stop: its time is over or its caller has cancelled it. Asked every few
 * hundred distances.
 *
 * <p>Concurrency: one thread.
 */
public final class Deadline {
  private static final Deadline NEVER = new Deadline(null, Long.MAX_VALUE, 0);

  private final @Nullable BooleanSupplier cancelled;
  private final long start;
  private final long limit;

  private Deadline(@Nullable BooleanSupplier cancelled, long limit, long start) {
    this.cancelled = cancelled;
    this.limit = limit;
    this.start = start;
  }

  /**
   * Starts the clock of a request.
   *
   * @param request the request
   * @return one that never stops anything when the request has no limits
   */
  public static Deadline of(SearchRequest request) {
    Duration timeout = request.timeout();
    BooleanSupplier cancelled = request.cancelWhen();
    if (timeout == null) {
      return cancelled == null ? NEVER : new Deadline(cancelled, Long.MAX_VALUE, 0);
    }
    boolean endless = timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0;
    return new Deadline(cancelled, endless ? Long.MAX_VALUE : timeout.toNanos(), System.nanoTime());
  }

  /**
   * Whether to stop now.
   *
   * @return true from the moment the time is over or the caller cancels
   */
  public boolean passed() {
    return (cancelled != null && cancelled.getAsBoolean())
        || (limit != Long.MAX_VALUE && System.nanoTime() - start >= limit);
  }
}
