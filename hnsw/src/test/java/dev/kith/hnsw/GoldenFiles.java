package dev.kith.hnsw;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.internal.storage.FileType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the golden files of the current format version. They are committed and opened by {@link
 * GoldenFilesTest} for ever; docs/format/README.md says when new ones are needed and how to make
 * them.
 */
public final class GoldenFiles {
  private static final int DIMENSION = 5;
  private static final int VECTORS = 40;

  private GoldenFiles() {}

  /** Takes the folder of the golden files; folders that are there stay as they are. */
  public static void main(String[] arguments) throws IOException {
    for (Metric metric : Metric.values()) {
      String name = name(FileType.HNSW.version(), metric);
      Path directory = Path.of(arguments[0]).resolve(name);
      if (Files.exists(directory)) {
        System.out.println(directory + " is there");
        continue;
      }
      try (HnswIndex index = content(metric)) {
        index.save(directory);
        Files.delete(directory.resolve("write.lock"));
        Files.writeString(
            directory.resolveSibling(name + ".txt"), DescribedIndex.describe(index, requests()));
      }
      System.out.println(directory + " is new");
    }
  }

  /** The folder of a version and metric. */
  static String name(int version, Metric metric) {
    return "hnsw-v" + version + "-" + metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An index with a past, extreme ids, and numbers whose bits are easily lost. */
  static HnswIndex content(Metric metric) {
    HnswIndex index = HnswIndex.create(new HnswConfig(DIMENSION, metric, 4, 50, 7));
    long[] ids = new long[VECTORS];
    float[][] vectors = new float[VECTORS][];
    for (int i = 0; i < VECTORS; i++) {
      ids[i] = 7L * (i ^ 1);
      vectors[i] = vector(i);
    }
    ids[1] = Long.MIN_VALUE;
    ids[2] = Long.MAX_VALUE;
    ids[3] = -1;
    ids[4] = 1L << 40;
    index.addAll(VectorSource.of(ids, vectors), BulkOptions.defaults());
    index.remove(ids[12]);
    index.remove(ids[20]);
    index.add(ids[11], vector(60));
    index.add(ids[30], vector(61));
    index.add(1_000, new float[] {-0f, Float.MIN_VALUE, 1e-18f, -1e18f, Math.nextUp(1f)});
    index.add(-100, new float[] {0.1f, 0.2f, 0.3f, 1 / 3f, (float) Math.PI});
    index.add(ids[13], new float[] {1, -0f, -0f, -0f, -0f});
    return index;
  }

  /**
   * What the index is asked. The beam is wider than the index is large, so the answers are exact
   * and do not hang on how the graph is walked.
   */
  static SearchRequest[] requests() {
    HnswSearchParams params = new HnswSearchParams(100);
    return new SearchRequest[] {
      SearchRequest.of(vector(3), 7).params(params),
      SearchRequest.of(vector(53), VECTORS).params(params),
      SearchRequest.of(vector(103), 7).params(params).filter(id -> id % 3 == 0)
    };
  }

  /** A vector that no other number gives, of small binary fractions; never zero. */
  static float[] vector(int number) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = ((number * 37 + i * 11 + number * i) % 61 - 30) / 8f;
    }
    vector[0] = (number + 1) / 4f;
    return vector;
  }
}
