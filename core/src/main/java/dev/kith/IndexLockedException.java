package dev.kith;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Another writer, in this process or another, holds the directory. */
public final class IndexLockedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param directory the directory that is held
   * @param holder who holds it, as far as known
   */
  public IndexLockedException(Path directory, String holder) {
    super(directory + ": locked by " + holder + "; close that writer first");
  }
}
