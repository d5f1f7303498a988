package dev.kith.flat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import java.util.Collections;

/**
 * Runs searches over made-up vectors for a few hundred milliseconds, so that the compiler has seen
 * the kernels before the first real search.
 */
final class WarmUp {
  private static final int VECTORS = 2048;
  private static final long NANOS = 300_000_000;

  private WarmUp() {}

  static void run(int dimension, Metric metric) {
    float[][] vectors = new float[Math.clamp((1 << 21) / dimension, 16, VECTORS)][dimension];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < dimension; j++) {
        vectors[i][j] = 1f + ((i * 31 + j * 17) & 63);
      }
    }
    BulkOptions alone = BulkOptions.defaults().threads(1);
    try (FlatIndex index = FlatIndex.create(dimension, metric)) {
      index.addAll(VectorSource.of(vectors), alone);
      SearchRequest request = SearchRequest.of(vectors[0], 10);
      long start = System.nanoTime();
      while (System.nanoTime() - start < NANOS) {
        index.search(request);
        index.searchAll(Collections.nCopies(4, request), alone);
      }
    }
  }
}
