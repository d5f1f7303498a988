package dev.kith.internal.rows;

import dev.kith.Metric;
import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.Float32Encoding;
import dev.kith.internal.idmap.IdMap;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.storage.FileWriter;
import dev.kith.internal.storage.Section;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sections that hold float32 rows in a file, the same in every file type: ids, the order by id,
 * rows, inverse norms. Described in docs/format/rows.md.
 */
public final class RowSections {
  /** A long for each row. */
  public static final int IDS = 2;

  /** Rows as ints, by ascending id. */
  public static final int ORDER = 3;

  /** Padded float32 rows. */
  public static final int ROWS = 4;

  /** A double for each row under COSINE, else empty. */
  public static final int INVERSE_NORMS = 5;

  private RowSections() {}

  /** The bytes of a section; the one place that knows. */
  static long length(int section, int dimension, Metric metric, long count) {
    return switch (section) {
      case IDS -> 8 * count;
      case ORDER -> 4 * count;
      case ROWS -> FloatRows.bytes(dimension, count);
      case INVERSE_NORMS -> metric == Metric.COSINE ? 8 * count : 0;
      default -> throw new IllegalArgumentException("section: " + section);
    };
  }

  /**
   * The code of a metric in files: appended to, never renumbered.
   *
   * @param metric the metric
   * @return its code
   */
  public static int code(Metric metric) {
    return switch (metric) {
      case L2 -> 1;
      case INNER_PRODUCT -> 2;
      case COSINE -> 3;
    };
  }

  /**
   * Announces the sections.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param count how many rows
   * @return in the order in which {@link #write} writes them
   */
  public static List<Section> of(int dimension, Metric metric, int count) {
    return IntStream.rangeClosed(IDS, INVERSE_NORMS)
        .mapToObj(id -> new Section(id, length(id, dimension, metric, count)))
        .toList();
  }

  /**
   * Writes the sections.
   *
   * @param file the file, in which they come next
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param source the rows
   * @param living which of them, in the order they are to have
   * @throws IOException if writing fails
   */
  public static void write(FileWriter file, int dimension, Metric metric, Rows source, int[] living)
      throws IOException {
    file.begin(IDS);
    for (int row : living) {
      file.putLong(source.id(row));
    }
    file.begin(ORDER);
    for (int position : positionsById(source, living)) {
      file.putInt(position);
    }
    writeVectors(file, dimension, metric, source.vectors(), living);
  }

  /** Positions in {@code living}, by ascending id. */
  private static int[] positionsById(Rows source, int[] living) throws IOException {
    long[] ids = new long[living.length];
    IdMap positionOfId = new IdMap();
    positionOfId.ensureCapacity(living.length);
    for (int i = 0; i < living.length; i++) {
      ids[i] = source.id(living[i]);
      if (positionOfId.put(ids[i], i) != IdMap.ABSENT) {
        throw new IOException("id " + ids[i] + " occurs twice; the index it comes from is damaged");
      }
    }
    Arrays.sort(ids);
    int[] positions = new int[living.length];
    for (int i = 0; i < ids.length; i++) {
      positions[i] = positionOfId.get(ids[i]);
    }
    return positions;
  }

  private static void writeVectors(
      FileWriter file, int dimension, Metric metric, EncodedVectors vectors, int[] living)
      throws IOException {
    float[] vector = new float[dimension];
    float[] padded = new float[FloatRows.padded(dimension)];
    double[] inverseNorms = new double[metric == Metric.COSINE ? living.length : 0];
    file.begin(ROWS);
    for (int i = 0; i < living.length; i++) {
      vectors.decode(living[i], vector);
      System.arraycopy(vector, 0, padded, 0, dimension);
      file.putFloats(padded, 0, padded.length);
      if (metric == Metric.COSINE) {
        inverseNorms[i] = Float32Encoding.inverseNorm(padded, 0, padded.length);
      }
    }
    file.begin(INVERSE_NORMS);
    for (double inverseNorm : inverseNorms) {
      file.putLong(Double.doubleToRawLongBits(inverseNorm));
    }
  }
}
