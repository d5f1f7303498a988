package dev.kith;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Bytes of a saved index are not what was written, or not what the format allows. */
public final class CorruptIndexException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /**
   * Makes the exception.
   *
   * @param file the damaged file or directory
   * @param offset the place in bytes from its start, or -1 when the damage has no single place
   * @param expected what the format demands there
   * @param found what is there
   */
  public CorruptIndexException(Path file, long offset, String expected, String found) {
    super(
        file
            + (offset < 0 ? "" : " at offset " + offset)
            + ": expected "
            + expected
            + ", found "
            + found);
    this.file = file.toString();
    this.offset = offset;
  }

  /**
   * The damaged file or directory.
   *
   * @return its path
   */
  public Path file() {
    return Path.of(file);
  }

  /**
   * The place of the damage.
   *
   * @return bytes from the start of the file, or -1
   */
  public long offset() {
    return offset;
  }
}
