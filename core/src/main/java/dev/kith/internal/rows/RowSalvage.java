package dev.kith.internal.rows;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.VectorCheck;
import dev.kith.internal.idmap.IdMap;
import dev.kith.internal.idmap.RowTable;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;
import dev.kith.internal.storage.DamagedFile;
import dev.kith.internal.storage.DamagedFile.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the rows of a damaged file that has the sections of {@link RowSections}, each row that can
 * still be one that was stored; the others are counted by what is wrong with them.
 *
 * <p>The number of rows and their width stand in a file several times: in the configuration, whose
 * first three ints are dimension, metric and count, and in the lengths of the sections. What most
 * of them say is believed.
 *
 * <p>Concurrency: one thread.
 */
public final class RowSalvage {
  /** Takes the rows. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a row.
     *
     * @param id its id
     * @param vector its vector; valid during the call
     * @throws IOException if it cannot be taken
     */
    void row(long id, float[] vector) throws IOException;
  }

  private static final int CONFIG = 1;
  private static final int CONFIG_INTS_BYTES = 12;
  private static final int BUFFER_BYTES = 1 << 18;

  private final DamagedFile file;
  private final Map<String, Integer> lost = new LinkedHashMap<>();
  private final int count;
  private final int stride;
  private final int dimension;
  private final boolean cosine;
  private final boolean dimensionKnown;

  /**
   * Finds the rows.
   *
   * @param file a file of any type that has them
   * @throws IOException if reading fails
   */
  public RowSalvage(DamagedFile file) throws IOException {
    this.file = file;
    Place config = place(CONFIG);
    ByteBuffer stated = file.bytes(config.offset(), CONFIG_INTS_BYTES);
    int statedDimension = stated.getInt(0);
    this.count = count(stated.getInt(8));
    this.stride = stride(statedDimension);
    this.dimensionKnown =
        statedDimension > stride - FloatRows.LANES
            && statedDimension <= stride
            && agrees(statedDimension);
    this.dimension = dimensionKnown ? statedDimension : stride;
    this.cosine = count > 0 && place(RowSections.INVERSE_NORMS).length() == 8L * count;
  }

  /** Sections 1 to 5 come first and in this order, which tells them when an id does not. */
  private Place place(int id) {
    List<Place> places = file.places();
    Place inItsOrder = id <= places.size() ? places.get(id - 1) : new Place(id, -1, 0);
    return inItsOrder.id() == id
        ? inItsOrder
        : places.stream().filter(place -> place.id() == id).findFirst().orElse(inItsOrder);
  }

  /** What two of three say, as no more than one is likely to be wrong. */
  private int count(int stated) {
    long ids = place(RowSections.IDS).length() / 8;
    long order = place(RowSections.ORDER).length() / 4;
    return Math.clamp(ids == order ? ids : stated, 0, RowTable.MAX_ROWS);
  }

  private int stride(int statedDimension) {
    long bytes = place(RowSections.ROWS).length();
    long width = count == 0 ? 0 : bytes / count / Float.BYTES;
    boolean whole = width * count * Float.BYTES == bytes && width % FloatRows.LANES == 0;
    if (whole && width >= 1 && width <= IndexSpec.MAX_DIMENSION) {
      return (int) width;
    }
    boolean admissible = statedDimension >= 1 && statedDimension <= IndexSpec.MAX_DIMENSION;
    return admissible ? FloatRows.padded(statedDimension) : 0;
  }

  /** Whether the first rows end where they should: some there, few of them behind it. */
  private boolean agrees(int statedDimension) throws IOException {
    int n = Math.min(rowsPerRead(), rowsWithinTheFile());
    FloatBuffer rows = bytes(RowSections.ROWS, 0, Float.BYTES * stride, n).asFloatBuffer();
    int there = 0;
    int behind = 0;
    for (int i = 0; i < n; i++) {
      int end = stride;
      while (end > statedDimension && rows.get(i * stride + end - 1) == 0) {
        end--;
      }
      behind += end > statedDimension ? 1 : 0;
      there += rows.get(i * stride + statedDimension - 1) != 0 ? 1 : 0;
    }
    return n == 0 || (there > 0 && behind <= n / 2);
  }

  private int rowsPerRead() {
    return Math.max(1, BUFFER_BYTES / (Float.BYTES * Math.max(1, stride)));
  }

  /**
   * The rows that the file had.
   *
   * @return zero or more; zero also when that cannot be told
   */
  public int count() {
    return stride == 0 ? 0 : count;
  }

  /**
   * The components of the vectors that {@link #read} gives.
   *
   * @return zero when there are no rows, else at least 1
   */
  public int dimension() {
    return count() == 0 ? 0 : dimension;
  }

  /**
   * Whether {@link #dimension()} is that of the index. Otherwise it is rounded up to a multiple of
   * 16, and the vectors end in zeros.
   *
   * @return false when the file contradicts itself
   */
  public boolean dimensionKnown() {
    return dimensionKnown;
  }

  /**
   * Rows that {@link #read} did not give.
   *
   * @return how many, by the reason
   */
  public Map<String, Integer> lost() {
    return Collections.unmodifiableMap(lost);
  }

  /**
   * Reads every row that is left.
   *
   * @param sink takes them, in the order of the file
   * @throws IOException if the sink throws it, or reading fails
   */
  public void read(Sink sink) throws IOException {
    int perRead = rowsPerRead();
    int within = rowsWithinTheFile();
    if (within < count()) {
      lost.put("beyond the end of the file", count - within);
    }
    IdMap seen = new IdMap();
    seen.ensureCapacity(within);
    for (int first = 0; first < within; first += perRead) {
      int n = Math.min(perRead, within - first);
      ByteBuffer ids = bytes(RowSections.IDS, first, 8, n);
      ByteBuffer rows = bytes(RowSections.ROWS, first, Float.BYTES * stride, n);
      ByteBuffer norms = bytes(RowSections.INVERSE_NORMS, first, cosine ? 8 : 0, n);
      float[] row = new float[stride];
      float[] vector = new float[dimension];
      for (int i = 0; i < n; i++) {
        rows.asFloatBuffer().get(i * stride, row);
        String reason = damage(row, cosine ? norms.getLong(8 * i) : 0);
        if (reason.isEmpty() && seen.put(ids.getLong(8 * i), first + i) != IdMap.ABSENT) {
          reason = "the id is that of another row";
        }
        if (reason.isEmpty()) {
          System.arraycopy(row, 0, vector, 0, dimension);
          sink.row(ids.getLong(8 * i), vector);
        } else {
          lost.merge(reason, 1, Integer::sum);
        }
      }
    }
  }

  private ByteBuffer bytes(int section, int first, int each, int n) throws IOException {
    return file.bytes(place(section).offset() + (long) each * first, each * n);
  }

  private int rowsWithinTheFile() {
    long rows = roomFor(RowSections.ROWS, (long) Float.BYTES * stride);
    return (int) Math.min(count(), Math.min(roomFor(RowSections.IDS, 8), rows));
  }

  private long roomFor(int section, long each) {
    long offset = place(section).offset();
    return offset < 0 || each == 0 ? 0 : Math.max(0, file.length() - offset) / each;
  }

  /** What shows that a row is not as it was written, or the empty string. */
  private String damage(float[] row, long inverseNorm) {
    for (int i = dimension; i < stride; i++) {
      if (Float.floatToRawIntBits(row[i]) != 0) {
        return "the padding is not zero";
      }
    }
    float squaredNorm = Kernels.active().dot().pair(row, 0, row, 0, stride);
    if (!VectorCheck.admissible(squaredNorm, cosine ? Metric.COSINE : Metric.L2)) {
      return "no vector that could have been stored";
    }
    double expected = cosine ? Float32Encoding.inverseNorm(row, 0, stride) : 0;
    return Double.doubleToRawLongBits(expected) == inverseNorm
        ? ""
        : "vector and norm do not belong together";
  }
}
