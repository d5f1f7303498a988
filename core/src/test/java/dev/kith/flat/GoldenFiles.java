package dev.kith.flat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.SmallIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the golden files of the current format version. They are committed and opened by {@link
 * GoldenFilesTest} for ever; docs/format/README.md says when new ones are needed.
 */
public final class GoldenFiles {
  private static final int DIMENSION = 5;

  private GoldenFiles() {}

  /** Takes the folder of the golden files; folders that are there stay as they are. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("new: " + write(Path.of(arguments[0])));
  }

  /** Writes what is not there yet and gives its names. */
  static List<String> write(Path folder) throws IOException {
    List<String> written = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      String name = name(FileType.FLAT.version(), metric);
      Path directory = folder.resolve(name);
      if (Files.exists(directory)) {
        continue;
      }
      try (FlatIndex index = content(metric)) {
        index.save(directory);
        Files.delete(directory.resolve("write.lock"));
        Files.writeString(directory.resolveSibling(name + ".txt"), SmallIndex.describe(index));
      }
      written.add(name);
    }
    return written;
  }

  /** The folder of a version and metric. */
  static String name(int version, Metric metric) {
    return "flat-v" + version + "-" + metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An index with a past, extreme ids, and numbers whose bits are easily lost. */
  static FlatIndex content(Metric metric) {
    FlatIndex index = FlatIndex.create(DIMENSION, metric);
    long[] ids = {7, 3, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE, 1L << 40, 11, 12, 13, 14, 15};
    float[][] vectors = new float[ids.length][];
    for (int i = 0; i < ids.length; i++) {
      vectors[i] = SmallIndex.vector(DIMENSION, i);
    }
    index.addAll(VectorSource.of(ids, vectors), BulkOptions.defaults());
    index.remove(12);
    index.add(11, SmallIndex.vector(DIMENSION, 40));
    index.add(100, new float[] {-0f, Float.MIN_VALUE, 1e-18f, -1e18f, Math.nextUp(1f)});
    index.add(-100, new float[] {0.1f, 0.2f, 0.3f, 1 / 3f, (float) Math.PI});
    index.add(13, new float[] {1, -0f, -0f, -0f, -0f});
    return index;
  }
}
