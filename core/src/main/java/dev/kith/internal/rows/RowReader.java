package dev.kith.internal.rows;

import dev.kith.CorruptIndexException;
import dev.kith.IndexSpec;
import dev.kith.InsufficientMemoryException;
import dev.kith.Metric;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.MappedFloat32Vectors;
import dev.kith.encoding.VectorCheck;
import dev.kith.internal.idmap.RowTable;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;
import dev.kith.internal.storage.FileReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads the sections of {@link RowSections}; what they hold is held against the format before
 * anything is allocated by it.
 *
 * <p>Concurrency: one thread.
 */
public final class RowReader {
  /** Rows read together: about a quarter of a megabyte. */
  private static final int BUFFER_FLOATS = 1 << 16;

  private final FileReader file;
  private final int dimension;
  private final Metric metric;
  private final int count;

  /**
   * Verifies that the sections are there.
   *
   * @param file a file whose frame is sound
   * @param dimension components of every vector, as the file states it
   * @param metric how distances are measured
   * @param count how many rows, as the file states it
   * @param at where the file states dimension and count
   * @throws CorruptIndexException if a number is out of range or a section is missing or has
   *     another length
   */
  public RowReader(FileReader file, int dimension, Metric metric, int count, long at)
      throws CorruptIndexException {
    this.file = file;
    this.dimension = dimension;
    this.metric = metric;
    this.count = count;
    if (dimension < 1 || dimension > IndexSpec.MAX_DIMENSION) {
      throw file.corrupt(at, "a dimension of 1 to " + IndexSpec.MAX_DIMENSION, "" + dimension);
    }
    if (count < 0 || count > RowTable.MAX_ROWS) {
      throw file.corrupt(at, "a count of 0 to " + RowTable.MAX_ROWS, "" + count);
    }
    for (int id = RowSections.IDS; id <= RowSections.INVERSE_NORMS; id++) {
      section(id);
    }
  }

  /**
   * The metric of a code.
   *
   * @param file where it was read
   * @param at at which offset
   * @param code the code
   * @return the metric
   * @throws CorruptIndexException if no metric has that code
   */
  public static Metric metric(FileReader file, long at, int code) throws CorruptIndexException {
    for (Metric m : Metric.values()) {
      if (RowSections.code(m) == code) {
        return m;
      }
    }
    throw file.corrupt(at, "the code of a metric", "" + code);
  }

  /**
   * Reads everything into memory and verifies it.
   *
   * @param table an empty table, which receives the ids; row 0 gets the first
   * @param vectors an empty store, which receives the vectors
   * @throws IOException if something is not as the format demands, or cannot be read
   */
  public void read(RowTable table, GrowableVectors vectors) throws IOException {
    try {
      long[] ids = readIds();
      vectors.ensureCapacity(table.ensureRoom(count, true));
      readRows(vectors);
      for (int row = 0; row < count; row++) {
        table.publish(table.take(), ids[row]);
      }
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of("opening " + file.path(), file.length(), e);
    }
  }

  /**
   * Finds the rows in a mapped file; their bytes are not looked at.
   *
   * @param all the whole file
   * @return the rows
   * @throws IOException if a section is missing
   */
  public MappedRows map(MemorySegment all) throws IOException {
    return new MappedRows(
        count,
        slice(all, RowSections.IDS),
        slice(all, RowSections.ORDER),
        new MappedFloat32Vectors(
            dimension,
            metric,
            slice(all, RowSections.ROWS),
            slice(all, RowSections.INVERSE_NORMS)));
  }

  private MemorySegment slice(MemorySegment all, int id) throws CorruptIndexException {
    return all.asSlice(section(id), RowSections.length(id, dimension, metric, count));
  }

  private long section(int id) throws CorruptIndexException {
    return file.section(id, RowSections.length(id, dimension, metric, count));
  }

  /** The ids by row; the order by id proves that no id occurs twice. */
  private long[] readIds() throws IOException {
    long[] ids = new long[count];
    int[] order = new int[count];
    long orderAt = section(RowSections.ORDER);
    file.longs(section(RowSections.IDS), ids, count);
    file.ints(orderAt, order, count);
    for (int i = 0; i < count; i++) {
      int row = order[i];
      if (row < 0 || row >= count) {
        throw file.corrupt(orderAt + 4L * i, "a row below " + count, "" + row);
      }
      if (i > 0 && ids[order[i - 1]] >= ids[row]) {
        throw file.corrupt(orderAt + 4L * i, "rows by ascending id", "id " + ids[row]);
      }
    }
    return ids;
  }

  private void readRows(GrowableVectors vectors) throws IOException {
    int stride = FloatRows.padded(dimension);
    int perRead = Math.max(1, BUFFER_FLOATS / stride);
    float[] rows = new float[perRead * stride];
    float[] vector = new float[dimension];
    long rowsAt = section(RowSections.ROWS);
    long normsAt = section(RowSections.INVERSE_NORMS);
    long[] norms = new long[metric == Metric.COSINE ? perRead : 0];
    for (int first = 0; first < count; first += perRead) {
      int n = Math.min(perRead, count - first);
      file.floats(rowsAt + 4L * stride * first, rows, 0, n * stride);
      file.longs(normsAt + 8L * first, norms, Math.min(n, norms.length));
      for (int i = 0; i < n; i++) {
        long at = rowsAt + 4L * stride * (first + i);
        verifyRow(rows, i * stride, stride, at);
        if (metric == Metric.COSINE) {
          double expected = Float32Encoding.inverseNorm(rows, i * stride, stride);
          file.expect(
              normsAt + 8L * (first + i),
              "the inverse norm " + expected,
              Double.doubleToRawLongBits(expected),
              norms[i]);
        }
        System.arraycopy(rows, i * stride, vector, 0, dimension);
        vectors.set(first + i, vector);
      }
    }
  }

  private void verifyRow(float[] rows, int offset, int stride, long at)
      throws CorruptIndexException {
    for (int i = dimension; i < stride; i++) {
      file.expect(at + 4L * i, "zero", 0, Float.floatToRawIntBits(rows[offset + i]));
    }
    float squaredNorm = Kernels.active().dot().pair(rows, offset, rows, offset, stride);
    if (!VectorCheck.admissible(squaredNorm, metric)) {
      throw file.corrupt(at, "a vector with a finite norm", "squared norm " + squaredNorm);
    }
  }
}
