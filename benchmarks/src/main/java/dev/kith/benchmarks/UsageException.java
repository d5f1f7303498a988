package dev.kith.benchmarks;

/** What the caller got wrong, in one line; the command ends with exit code 2. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message one line that names the argument and what was expected
   */
  public UsageException(String message) {
    super(message);
  }
}
