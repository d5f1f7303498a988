package dev.kith.flat;

import dev.kith.Metric;
import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.Float32Encoding;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.FileWriter;
import dev.kith.internal.storage.PartWriter;
import dev.kith.internal.storage.Section;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The layout of the one file of a flat index; described in docs/format/flat.md. */
final class FlatFormat {
  /** The type name in the manifest. */
  static final String TYPE = "flat";

  static final String FILE = "flat";

  static final int CONFIG = 1;
  static final int IDS = 2;
  static final int ORDER = 3;
  static final int ROWS = 4;
  static final int INVERSE_NORMS = 5;

  /** Bytes of the section {@link #CONFIG}: dimension, metric, count, zero. */
  static final int CONFIG_BYTES = 16;

  private FlatFormat() {}

  /** The bytes of a section; the one place that knows. */
  static long length(int section, int dimension, Metric metric, long count) {
    return switch (section) {
      case CONFIG -> CONFIG_BYTES;
      case IDS -> 8 * count;
      case ORDER -> 4 * count;
      case ROWS -> FloatRows.bytes(dimension, count);
      case INVERSE_NORMS -> metric == Metric.COSINE ? 8 * count : 0;
      default -> throw new IllegalArgumentException("section: " + section);
    };
  }

  /** The code of a metric: appended to, never renumbered. */
  static int code(Metric metric) {
    return switch (metric) {
      case L2 -> 1;
      case INNER_PRODUCT -> 2;
      case COSINE -> 3;
    };
  }

  /** Writes the living rows, in the given order. */
  static void write(PartWriter part, int dimension, Metric metric, FlatRows source, int[] living)
      throws IOException {
    List<Section> sections =
        List.of(CONFIG, IDS, ORDER, ROWS, INVERSE_NORMS).stream()
            .map(id -> new Section(id, length(id, dimension, metric, living.length)))
            .toList();
    part.file(
        FILE,
        FileType.FLAT,
        sections,
        file -> {
          file.begin(CONFIG);
          file.putInt(dimension);
          file.putInt(code(metric));
          file.putInt(living.length);
          file.putInt(0);
          writeIds(file, source, living);
          writeRows(file, dimension, metric, source.vectors(), living);
        });
  }

  private static void writeIds(FileWriter file, FlatRows source, int[] living) throws IOException {
    file.begin(IDS);
    for (int row : living) {
      file.putLong(source.id(row));
    }
    file.begin(ORDER);
    for (int position : positionsById(source, living)) {
      file.putInt(position);
    }
  }

  /** Positions in {@code living}, by ascending id. */
  private static int[] positionsById(FlatRows source, int[] living) {
    long[] ids = new long[living.length];
    int[] positionOfRow = new int[source.limit()];
    for (int i = 0; i < living.length; i++) {
      ids[i] = source.id(living[i]);
      positionOfRow[living[i]] = i;
    }
    Arrays.sort(ids);
    int[] positions = new int[living.length];
    for (int i = 0; i < ids.length; i++) {
      positions[i] = positionOfRow[source.row(ids[i])];
    }
    return positions;
  }

  private static void writeRows(
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
