package dev.kith.eval;

import dev.kith.VectorSource;
import java.util.Objects;

/**
 * Vectors in memory, row after row in a few large arrays, as {@link Texmex} reads them. The id of a
 * row is its position.
 *
 * <p>Concurrency: immutable, any number of threads. Memory: {@code size * dimension} times 4 bytes,
 * or 1 byte when they were read from a file of bytes.
 */
public abstract sealed class PackedVectors implements VectorSource
    permits PackedBytes, PackedFloats {
  /** Bytes of an array are kept near this, so that they never need one huge piece of heap. */
  private static final int CHUNK_ELEMENTS = 1 << 22;

  private final int size;
  private final int dimension;
  private final int chunkShift;

  PackedVectors(int size, int dimension) {
    this.size = size;
    this.dimension = dimension;
    int rowsPerChunk = Integer.highestOneBit(Math.max(1, CHUNK_ELEMENTS / dimension));
    this.chunkShift = Integer.numberOfTrailingZeros(rowsPerChunk);
  }

  @Override
  public final int size() {
    return size;
  }

  /**
   * The number of components of every vector.
   *
   * @return from 1 to 65,536
   */
  public final int dimension() {
    return dimension;
  }

  /**
   * The id of a row, which is its position.
   *
   * @param row from 0 to {@code size() - 1}
   * @return the row
   * @throws IndexOutOfBoundsException if there is no such row
   */
  @Override
  public final long id(int row) {
    return Objects.checkIndex(row, size);
  }

  /**
   * Copies a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @param target receives the row; its length is {@link #dimension()}
   * @throws IllegalArgumentException if the target has another length
   * @throws IndexOutOfBoundsException if there is no such row
   */
  @Override
  public final void copy(int row, float[] target) {
    Objects.checkIndex(row, size);
    if (target.length != dimension) {
      throw new IllegalArgumentException(
          "the vector has dimension " + dimension + ", expected " + target.length);
    }
    unpack(chunk(row), offset(row), target);
  }

  /**
   * All rows as separate arrays, the form in which queries are used.
   *
   * @return new arrays, one per row
   */
  public final float[][] toArrays() {
    float[][] rows = new float[size][dimension];
    for (int row = 0; row < size; row++) {
      copy(row, rows[row]);
    }
    return rows;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + size + " x " + dimension + "]";
  }

  /** Copies the elements from a place on into the target, all of it. */
  abstract void unpack(int chunk, int offset, float[] target);

  final int chunks() {
    return (int) ((size + (1L << chunkShift) - 1) >>> chunkShift);
  }

  /** The number of elements in a chunk: the same for all but the last. */
  final int elements(int chunk) {
    long firstRow = (long) chunk << chunkShift;
    return (int) Math.min(1L << chunkShift, size - firstRow) * dimension;
  }

  final int chunk(int row) {
    return row >>> chunkShift;
  }

  final int offset(int row) {
    return (row & (1 << chunkShift) - 1) * dimension;
  }
}
