package dev.kith;

import java.io.Serial;
import java.util.concurrent.CancellationException;

/**
 * Long work was stopped by its caller: by {@link
 * BulkOptions#cancelWhen(java.util.function.BooleanSupplier)} or by interrupting the thread (whose
 * interrupt flag stays set).
 */
public final class BulkCancelledException extends CancellationException {
  @Serial private static final long serialVersionUID = 1L;

  private final long added;

  /**
   * Makes the exception.
   *
   * @param work what was stopped
   * @param added rows that were published before the stop and stay
   * @param total rows that were asked for
   */
  public BulkCancelledException(String work, long added, long total) {
    super(work + " cancelled after " + added + " of " + total);
    this.added = added;
  }

  /**
   * Rows that were published before the stop and stay in the index.
   *
   * @return zero or more; always zero for searches
   */
  public long added() {
    return added;
  }
}
