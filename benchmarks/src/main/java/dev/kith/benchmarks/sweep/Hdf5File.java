package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import dev.kith.benchmarks.UsageException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of ann-benchmarks: {@code train}, {@code test}, {@code neighbors}, and the attribute
 * {@code distance}.
 */
final class Hdf5File {
  private Hdf5File() {}

  static TestSet read(Path path, @Nullable Metric metric, int limit) {
    try (HdfFile file = new HdfFile(path)) {
      Dataset train = dataset(file, "train");
      int[] shape = train.getDimensions();
      if (shape.length != 2) {
        throw new UsageException(
            path + ": train has " + shape.length + " dimensions, expected rows and components");
      }
      int rows = limit > 0 ? Math.min(limit, shape[0]) : shape[0];
      float[][] base = floats(path, train.getData(new long[2], new int[] {rows, shape[1]}));
      int[][] truth =
          rows == shape[0] && file.getChild("neighbors") != null
              ? ints(path, dataset(file, "neighbors").getData())
              : null;
      String name = path.getFileName().toString().replaceAll("\\.(hdf5|h5)$", "");
      return new TestSet(
          TestSets.name(name, rows, shape[0]),
          metric != null ? metric : metric(file),
          base,
          floats(path, dataset(file, "test").getData()),
          truth);
    } catch (HdfException e) {
      throw new UsageException(
          "--dataset: " + path + " is not readable as HDF5: " + e.getMessage());
    }
  }

  private static Metric metric(HdfFile file) {
    Attribute attribute = file.getAttribute("distance");
    if (attribute == null) {
      throw new UsageException(
          "--metric: missing, and " + file.getFile().getName() + " has no attribute distance");
    }
    return TestSets.metric("distance", String.valueOf(attribute.getData()));
  }

  private static Dataset dataset(HdfFile file, String name) {
    Node node = file.getChild(name);
    if (node instanceof Dataset dataset) {
      return dataset;
    }
    throw new UsageException("--dataset: " + file.getFile().getName() + " has no dataset " + name);
  }

  private static float[][] floats(Path path, Object data) {
    return switch (data) {
      case float[][] rows -> rows;
      case double[][] rows -> Arrays.stream(rows).map(Hdf5File::narrow).toArray(float[][]::new);
      default ->
          throw new UsageException(
              path + ": vectors of " + data.getClass().getSimpleName() + ", expected floats");
    };
  }

  private static float[] narrow(double[] row) {
    float[] narrow = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      narrow[i] = (float) row[i];
    }
    return narrow;
  }

  private static int[][] ints(Path path, Object data) {
    return switch (data) {
      case int[][] rows -> rows;
      case long[][] rows ->
          Arrays.stream(rows)
              .map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray())
              .toArray(int[][]::new);
      default ->
          throw new UsageException(
              path + ": neighbors of " + data.getClass().getSimpleName() + ", expected integers");
    };
  }
}
