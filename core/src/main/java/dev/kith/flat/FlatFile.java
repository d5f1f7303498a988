package dev.kith.flat;

import dev.kith.CorruptIndexException;
import dev.kith.IndexSpec;
import dev.kith.InsufficientMemoryException;
import dev.kith.Metric;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.MappedFloat32Vectors;
import dev.kith.encoding.VectorCheck;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.idmap.RowTable;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;
import dev.kith.internal.storage.FileReader;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.StoredIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Reads the file of a flat index. Its frame is sound when this is made; here the contents are held
 * against the layout before anything is allocated by them.
 *
 * <p>Concurrency: one thread.
 */
final class FlatFile implements AutoCloseable {
  /** Rows read together: about a quarter of a megabyte. */
  private static final int BUFFER_FLOATS = 1 << 16;

  private final FileReader file;
  private final int dimension;
  private final Metric metric;
  private final int count;

  private FlatFile(FileReader file) throws IOException {
    this.file = file;
    long at = file.section(FlatFormat.CONFIG, FlatFormat.CONFIG_BYTES);
    ByteBuffer config = file.bytes(at, FlatFormat.CONFIG_BYTES);
    this.dimension = config.getInt(0);
    if (dimension < 1 || dimension > IndexSpec.MAX_DIMENSION) {
      throw file.corrupt(at, "a dimension of 1 to " + IndexSpec.MAX_DIMENSION, "" + dimension);
    }
    this.metric = metric(config.getInt(4), at + 4);
    this.count = config.getInt(8);
    if (count < 0) {
      throw file.corrupt(at + 8, "a count of 0 or more", "" + count);
    }
    file.expect(at + 12, "zero", 0, config.getInt(12));
    for (int id = FlatFormat.IDS; id <= FlatFormat.INVERSE_NORMS; id++) {
      section(id);
    }
  }

  static FlatFile open(StoredIndex stored, boolean checksum) throws IOException {
    FileReader file = stored.open(FlatFormat.FILE, FileType.FLAT, checksum);
    try {
      return new FlatFile(file);
    } catch (Throwable e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  int dimension() {
    return dimension;
  }

  Metric metric() {
    return metric;
  }

  int count() {
    return count;
  }

  /** Reads everything into memory and verifies it. */
  TableRows read(Epochs epochs) throws IOException {
    RowTable table = new RowTable(epochs);
    GrowableVectors vectors = Float32Encoding.INSTANCE.newVectors(dimension, metric);
    try {
      long[] ids = readIds();
      vectors.ensureCapacity(table.ensureRoom(count, true));
      readRows(vectors);
      for (int row = 0; row < count; row++) {
        table.publish(table.take(), ids[row]);
      }
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(
          "opening " + file.path(), FlatIndex.estimate(dimension, metric, count).totalBytes(), e);
    }
    return new TableRows(table, table.view(), vectors);
  }

  /** Maps the rows; their bytes are not looked at. */
  MappedRows map(Arena arena) throws IOException {
    MemorySegment all = file.map(arena);
    return new MappedRows(
        count,
        slice(all, FlatFormat.IDS),
        slice(all, FlatFormat.ORDER),
        new MappedFloat32Vectors(
            dimension, metric, slice(all, FlatFormat.ROWS), slice(all, FlatFormat.INVERSE_NORMS)));
  }

  private MemorySegment slice(MemorySegment all, int id) throws CorruptIndexException {
    return all.asSlice(section(id), FlatFormat.length(id, dimension, metric, count));
  }

  private long section(int id) throws CorruptIndexException {
    return file.section(id, FlatFormat.length(id, dimension, metric, count));
  }

  /** The ids by row; the order by id proves that no id occurs twice. */
  private long[] readIds() throws IOException {
    long[] ids = new long[count];
    int[] order = new int[count];
    long orderAt = section(FlatFormat.ORDER);
    file.longs(section(FlatFormat.IDS), ids, count);
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
    long rowsAt = section(FlatFormat.ROWS);
    long normsAt = section(FlatFormat.INVERSE_NORMS);
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

  private Metric metric(int code, long at) throws CorruptIndexException {
    for (Metric m : Metric.values()) {
      if (FlatFormat.code(m) == code) {
        return m;
      }
    }
    throw file.corrupt(at, "the code of a metric", "" + code);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
