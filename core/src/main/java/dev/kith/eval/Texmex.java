package dev.kith.eval;

import dev.kith.IndexSpec;
import dev.kith.VectorSource;
import dev.kith.internal.storage.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Reads and writes the file layouts of the TEXMEX data sets, in which the field exchanges vectors
 * and exact answers.
 *
 * <p>A file is rows without a header. A row is an int32, how many elements follow, and the
 * elements: float32 in {@code .fvecs}, unsigned bytes in {@code .bvecs}, int32 in {@code .ivecs};
 * all little-endian. Every row has the same number of elements. There are no ids: the id of a row
 * is its position.
 *
 * <p>Every reader throws {@link dev.kith.CorruptIndexException}, naming the place, when the file is
 * empty, a count is out of range or differs from that of the first row, or the length is not a
 * whole number of rows; {@link dev.kith.InsufficientMemoryException} when the rows asked for do not
 * fit into the heap; {@link java.nio.file.NoSuchFileException} and other {@link IOException}s of
 * the file system as they come. Values are not looked at: an index names a NaN when it is added.
 *
 * <p>Writers replace the file as a whole: when a write fails, what was there is left. While they
 * write, {@code <name>.tmp} lies beside the file.
 *
 * <p>Concurrency: any number of threads may read; writing a file that others read or write is the
 * caller's affair.
 */
public final class Texmex {
  /** Such that a row fits into an array of bytes. */
  private static final int MAX_INTS = 1 << 24;

  /** Bytes of an array's header and of the reference to it. */
  private static final long ARRAY_OVERHEAD = 24;

  private Texmex() {}

  /**
   * Reads vectors of float32.
   *
   * @param file a {@code .fvecs} file of at least one row, each of 1 to 65,536 elements
   * @return all rows
   * @throws IOException if the file is malformed or cannot be read
   */
  public static PackedVectors readFvecs(Path file) throws IOException {
    return readFvecs(file, Integer.MAX_VALUE);
  }

  /**
   * Reads the first vectors of a file of float32.
   *
   * @param file a {@code .fvecs} file of at least one row, each of 1 to 65,536 elements
   * @param limit rows to read at most, at least 1; rows behind them are not checked
   * @return the first rows, or all when the file has fewer
   * @throws IOException if the file is malformed or cannot be read
   * @throws IllegalArgumentException if the limit is below 1
   */
  public static PackedVectors readFvecs(Path file, int limit) throws IOException {
    try (TexmexReader reader =
        TexmexReader.open(file, Float.BYTES, IndexSpec.MAX_DIMENSION, limit)) {
      return reader.load(
          (long) Float.BYTES * reader.count(),
          () -> {
            PackedFloats vectors = new PackedFloats(reader.rows(), reader.count());
            reader.read(vectors::set);
            return vectors;
          });
    }
  }

  /**
   * Reads vectors of unsigned bytes; in memory they stay bytes, and each copy widens them.
   *
   * @param file a {@code .bvecs} file of at least one row, each of 1 to 65,536 elements
   * @return all rows, with components from 0 to 255
   * @throws IOException if the file is malformed or cannot be read
   */
  public static PackedVectors readBvecs(Path file) throws IOException {
    return readBvecs(file, Integer.MAX_VALUE);
  }

  /**
   * Reads the first vectors of a file of unsigned bytes; in memory they stay bytes, and each copy
   * widens them.
   *
   * @param file a {@code .bvecs} file of at least one row, each of 1 to 65,536 elements
   * @param limit rows to read at most, at least 1; rows behind them are not checked
   * @return the first rows, or all when the file has fewer, with components from 0 to 255
   * @throws IOException if the file is malformed or cannot be read
   * @throws IllegalArgumentException if the limit is below 1
   */
  public static PackedVectors readBvecs(Path file, int limit) throws IOException {
    try (TexmexReader reader =
        TexmexReader.open(file, Byte.BYTES, IndexSpec.MAX_DIMENSION, limit)) {
      return reader.load(
          reader.count(),
          () -> {
            PackedBytes vectors = new PackedBytes(reader.rows(), reader.count());
            reader.read(vectors::set);
            return vectors;
          });
    }
  }

  /**
   * Reads rows of integers, for example the exact answers of a data set: the positions of the
   * nearest base vectors for each query, nearest first.
   *
   * @param file a {@code .ivecs} file of at least one row, each of 1 to 16,777,216 elements
   * @return new arrays, one per row
   * @throws IOException if the file is malformed or cannot be read
   */
  public static int[][] readIvecs(Path file) throws IOException {
    return readIvecs(file, Integer.MAX_VALUE);
  }

  /**
   * Reads the first rows of integers of a file.
   *
   * @param file a {@code .ivecs} file of at least one row, each of 1 to 16,777,216 elements
   * @param limit rows to read at most, at least 1; rows behind them are not checked
   * @return new arrays, one per row
   * @throws IOException if the file is malformed or cannot be read
   * @throws IllegalArgumentException if the limit is below 1
   */
  public static int[][] readIvecs(Path file, int limit) throws IOException {
    try (TexmexReader reader = TexmexReader.open(file, Integer.BYTES, MAX_INTS, limit)) {
      return reader.load(
          ARRAY_OVERHEAD + (long) Integer.BYTES * reader.count(),
          () -> {
            int[][] rows = new int[reader.rows()][];
            reader.read(
                (row, buffer, position) -> {
                  rows[row] = new int[reader.count()];
                  buffer.asIntBuffer().get(position / Integer.BYTES, rows[row]);
                });
            return rows;
          });
    }
  }

  /**
   * Writes vectors as float32. Their ids are not written: a reader gives each row its position.
   *
   * @param file the {@code .fvecs} file, made or replaced
   * @param vectors at least one row
   * @param dimension the number of components of every row, 1 to 65,536
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if there are no rows, the dimension is out of range, or a row
   *     has another one; the message names the row
   */
  public static void writeFvecs(Path file, VectorSource vectors, int dimension) throws IOException {
    IndexSpec.checkDimension(dimension);
    checkNotEmpty("vectors", vectors.size());
    float[] row = new float[dimension];
    byte[] bytes = new byte[Integer.BYTES * (1 + dimension)];
    ByteBuffer buffer = littleEndian(bytes).putInt(dimension);
    DataFile.write(
        file,
        out -> {
          for (int i = 0; i < vectors.size(); i++) {
            try {
              vectors.copy(i, row);
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException("vectors: row " + i + ": " + e.getMessage(), e);
            }
            buffer.asFloatBuffer().put(row);
            out.write(bytes);
          }
        });
  }

  /**
   * Writes rows of integers.
   *
   * @param file the {@code .ivecs} file, made or replaced
   * @param rows at least one row, all of the same length, 1 to 16,777,216
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if there are no rows, or a length is out of range or differs
   *     from that of the first row; the message names the row
   */
  public static void writeIvecs(Path file, int[][] rows) throws IOException {
    checkNotEmpty("rows", rows.length);
    int count = rows[0].length;
    if (count < 1 || count > MAX_INTS) {
      throw new IllegalArgumentException(
          "rows: row 0 has " + count + " elements, expected 1 to " + MAX_INTS);
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != count) {
        throw new IllegalArgumentException(
            "rows: row " + i + " has " + rows[i].length + " elements, row 0 has " + count);
      }
    }
    byte[] bytes = new byte[Integer.BYTES * (1 + count)];
    ByteBuffer buffer = littleEndian(bytes).putInt(count);
    DataFile.write(
        file,
        out -> {
          for (int[] row : rows) {
            buffer.asIntBuffer().put(row);
            out.write(bytes);
          }
        });
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void checkNotEmpty(String argument, int rows) {
    if (rows == 0) {
      throw new IllegalArgumentException(argument + ": empty, expected at least one row");
    }
  }
}
