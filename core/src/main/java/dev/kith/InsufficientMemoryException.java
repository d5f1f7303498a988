package dev.kith;

import java.io.Serial;

/** An index, or what is to be added to it, does not fit into the heap. Nothing was changed. */
public final class InsufficientMemoryException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  private final long needed;
  private final long available;

  /**
   * Makes the exception.
   *
   * @param what what does not fit
   * @param needed bytes needed
   * @param available bytes the heap can still give
   */
  public InsufficientMemoryException(String what, long needed, long available) {
    super(
        what
            + " needs "
            + needed
            + " bytes, the heap has "
            + available
            + " left of "
            + Runtime.getRuntime().maxMemory()
            + "; raise -Xmx");
    this.needed = needed;
    this.available = available;
  }

  /**
   * Makes the exception after an allocation has failed.
   *
   * @param what what does not fit
   * @param needed bytes needed
   * @param cause the failure
   * @return the exception
   */
  public static InsufficientMemoryException of(String what, long needed, OutOfMemoryError cause) {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    InsufficientMemoryException exception =
        new InsufficientMemoryException(what, needed, runtime.maxMemory() - used);
    exception.initCause(cause);
    return exception;
  }

  /**
   * Bytes needed.
   *
   * @return more than {@link #available()}
   */
  public long needed() {
    return needed;
  }

  /**
   * Bytes the heap can still give.
   *
   * @return zero or more
   */
  public long available() {
    return available;
  }
}
