package dev.kith.eval;

import dev.kith.CorruptIndexException;
import dev.kith.InsufficientMemoryException;
import dev.kith.internal.storage.DataFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Walks the rows of a TEXMEX file. Every row is an int32 count, the same throughout, and so many
 * elements, little-endian. The length of the file is held against the first count when it is
 * opened, so nothing is ever allocated by a count that the file does not bear out.
 */
final class TexmexReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final DataFile file;
  private final int count;
  private final int rowBytes;
  private final int rows;

  /** Takes one row: {@code position} is the place of its first element in the buffer. */
  interface RowConsumer {
    void accept(int row, ByteBuffer buffer, int position);
  }

  private TexmexReader(DataFile file, int count, int rowBytes, int rows) {
    this.file = file;
    this.count = count;
    this.rowBytes = rowBytes;
    this.rows = rows;
  }

  /**
   * Opens a file and checks its first count and its length.
   *
   * @param elementBytes bytes of an element
   * @param maxCount the largest count allowed, such that a row fits into an array
   * @param limit rows to read at most
   */
  static TexmexReader open(Path path, int elementBytes, int maxCount, int limit)
      throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + ", expected at least 1");
    }
    DataFile file = DataFile.open(path);
    try {
      byte[] head = new byte[Integer.BYTES];
      int got = file.read(head, 0, head.length);
      if (got < head.length) {
        throw new CorruptIndexException(
            path, 0, "a row, which begins with 4 bytes", got + " bytes to the end of the file");
      }
      int count = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (count < 1 || count > maxCount) {
        throw new CorruptIndexException(
            path, 0, "a count of elements from 1 to " + maxCount, Integer.toString(count));
      }
      int rowBytes = Integer.BYTES + count * elementBytes;
      long rows = file.length() / rowBytes;
      if (file.length() % rowBytes != 0) {
        throw new CorruptIndexException(
            path,
            rows * rowBytes,
            "rows of " + rowBytes + " bytes, " + count + " elements each",
            file.length() - rows * rowBytes + " bytes to the end of the file");
      }
      if (rows > Integer.MAX_VALUE && limit == Integer.MAX_VALUE) {
        throw new CorruptIndexException(
            path, -1, "at most " + Integer.MAX_VALUE + " rows", rows + " rows");
      }
      return new TexmexReader(file, count, rowBytes, (int) Math.min(rows, limit));
    } catch (Throwable t) {
      try (file) {
        throw t;
      }
    }
  }

  /** The number of elements in every row. */
  int count() {
    return count;
  }

  /** The number of rows that {@link #read} will give. */
  int rows() {
    return rows;
  }

  /** Makes something of all rows that is held in the heap. */
  interface Loader<T> {
    T load() throws IOException;
  }

  /** Loads the rows, if so many bytes for each fit into the heap. */
  <T> T load(long bytesPerRow, Loader<T> loader) throws IOException {
    String what = "reading " + rows + " rows of " + file.path();
    long needed = rows * bytesPerRow;
    long available = Runtime.getRuntime().maxMemory();
    if (needed > available) {
      throw new InsufficientMemoryException(what, needed, available);
    }
    try {
      return loader.load();
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(what, needed, e);
    }
  }

  /** Reads the rows and checks the count of each. */
  void read(RowConsumer consumer) throws IOException {
    int rowsAtOnce = Math.min(rows, Math.max(1, BUFFER_BYTES / rowBytes));
    byte[] bytes = new byte[rowsAtOnce * rowBytes];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // The first count has been read already; put it back.
    buffer.putInt(0, count);
    int filled = Integer.BYTES;
    int first = 0;
    while (first < rows) {
      int n = Math.min(rowsAtOnce, rows - first);
      int wanted = n * rowBytes;
      int got = filled + file.read(bytes, filled, wanted - filled);
      filled = 0;
      for (int i = 0; i < n; i++) {
        int start = i * rowBytes;
        long offset = (long) (first + i) * rowBytes;
        if (start + rowBytes > got) {
          throw new CorruptIndexException(
              file.path(),
              offset,
              "a row of " + rowBytes + " bytes",
              "a file that has shrunk to " + ((long) first * rowBytes + got) + " bytes");
        }
        int found = buffer.getInt(start);
        if (found != count) {
          throw new CorruptIndexException(
              file.path(),
              offset,
              "a row of " + count + " elements, as in row 0",
              "row " + (first + i) + " with a count of " + found);
        }
        consumer.accept(first + i, buffer, start + Integer.BYTES);
      }
      first += n;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
