package dev.kith.benchmarks.jmh;

import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.eval.PackedVectors;
import dev.kith.eval.Texmex;
import java.io.IOException;
import java.nio.file.Path;

/** What a benchmark works on. */
record BenchmarkData(VectorSource base, int dimension, float[][] queries) {
  /** The real set where it is at hand, else clustered vectors of its shape. */
  static BenchmarkData fashionMnist() throws IOException {
    String folder = System.getProperty("kith.data", "");
    if (folder.isEmpty()) {
      ClusteredVectors made = ClusteredVectors.of(60_000, 784, 1);
      return new BenchmarkData(made, made.dimension(), made.queries(1000));
    }
    Path set = Path.of(folder, "fashion-mnist-784-euclidean");
    PackedVectors base = Texmex.readBvecs(set.resolve("base.bvecs"));
    PackedVectors queries = Texmex.readBvecs(set.resolve("query.bvecs"));
    return new BenchmarkData(base, base.dimension(), queries.toArrays());
  }
}
