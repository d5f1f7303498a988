package dev.kith;

import java.io.Serial;

/** An index was used after it was closed. */
public final class IndexClosedException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public IndexClosedException() {
    super("the index is closed");
  }
}
