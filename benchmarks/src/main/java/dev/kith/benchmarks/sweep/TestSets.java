package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import dev.kith.benchmarks.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Loads a test set from what the command line calls it. */
final class TestSets {
  private TestSets() {}

  /**
   * Loads it.
   *
   * @param spec a folder, an HDF5 file or {@code synthetic:...}
   * @param metric what the user says it is; null to believe the data
   * @param limit the first so many vectors, 0 for all
   */
  static TestSet load(String spec, @Nullable Metric metric, int limit) throws IOException {
    if (spec.startsWith(SyntheticSpec.PREFIX)) {
      return SyntheticSpec.parse(spec).generate(metric, limit);
    }
    Path path = Path.of(spec);
    if (Files.isDirectory(path)) {
      return TexmexFolder.read(path, metric, limit);
    }
    if (!Files.exists(path)) {
      throw new UsageException("--dataset: no such file or folder: " + spec);
    }
    if (!spec.endsWith(".hdf5") && !spec.endsWith(".h5")) {
      throw new UsageException(
          "--dataset: " + spec + ", expected a folder, a .hdf5 file or synthetic:n=N,d=D,seed=S");
    }
    return Hdf5File.read(path, metric, limit);
  }

  /** Understands the words of the command line, meta.json and ann-benchmarks. */
  static Metric metric(String where, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "euclidean", "l2" -> Metric.L2;
      case "angular", "cosine" -> Metric.COSINE;
      case "dot", "ip", "inner_product" -> Metric.INNER_PRODUCT;
      default ->
          throw new UsageException(
              where + ": " + word + ", expected euclidean (l2), angular (cosine) or dot (ip)");
    };
  }

  /** The name of a part of the base: never that of the whole. */
  static String name(String whole, int rows, int of) {
    String name = whole.replace(',', ';');
    return rows < of ? name + "-first" + rows : name;
  }
}
