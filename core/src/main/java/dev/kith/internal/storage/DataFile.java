package dev.kith.internal.storage;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A plain file of data that is no part of an index, such as a benchmark's vectors: read from its
 * start to its end, or written whole.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class DataFile implements Closeable {
  private final Path path;
  private final long length;
  private final InputStream in;

  private DataFile(Path path, long length, InputStream in) {
    this.path = path;
    this.length = length;
    this.in = in;
  }

  /**
   * Opens a file for reading.
   *
   * @param path the file
   * @return the file, at its start
   * @throws IOException if it does not exist or cannot be read
   */
  public static DataFile open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      return new DataFile(path, Files.size(path), in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Which file this is.
   *
   * @return the path it was opened by
   */
  public Path path() {
    return path;
  }

  /**
   * How long the file was when it was opened.
   *
   * @return bytes
   */
  public long length() {
    return length;
  }

  /**
   * Reads on until so many bytes are there or the file ends.
   *
   * @param target receives the bytes
   * @param offset the first element written
   * @param count how many bytes are wanted
   * @return how many were read; fewer than wanted only at the end of the file
   * @throws IOException if reading fails
   */
  public int read(byte[] target, int offset, int count) throws IOException {
    return in.readNBytes(target, offset, count);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Produces the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all bytes.
     *
     * @param out where to; buffered, and closed by the caller
     * @throws IOException if writing fails
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, all or nothing: the bytes go to {@code <name>.tmp} beside it, which then takes
   * its place. Whatever the content throws leaves the old file as it was and no temporary one. Not
   * forced to the disk.
   *
   * @param path the file, made or replaced
   * @param content produces the bytes
   * @throws IOException if writing fails
   */
  public static void write(Path path, Content content) throws IOException {
    Path name = Objects.requireNonNull(path.getFileName(), "the path has no file name");
    Path temporary = path.resolveSibling(name + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
        content.writeTo(out);
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable t) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
  }
}
