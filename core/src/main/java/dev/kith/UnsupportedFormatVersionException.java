package dev.kith;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file was written by a newer Kith whose format this one does not know. */
public final class UnsupportedFormatVersionException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final int found;
  private final int newest;

  /**
   * Makes the exception.
   *
   * @param file the file
   * @param found the version it has
   * @param newest the newest version this library reads
   */
  public UnsupportedFormatVersionException(Path file, int found, int newest) {
    super(
        file
            + ": format version "
            + found
            + ", this Kith reads versions up to "
            + newest
            + "; use a newer Kith");
    this.found = found;
    this.newest = newest;
  }

  /**
   * The version of the file.
   *
   * @return as found
   */
  public int found() {
    return found;
  }

  /**
   * The newest version that can be read.
   *
   * @return at least 1
   */
  public int newest() {
    return newest;
  }
}
