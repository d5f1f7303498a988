package dev.kith.benchmarks.jmh;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;

/** The graph that the benchmarks of searching and adding work on. */
final class HnswData {
  static final int SIZE = 100_000;
  static final int DIMENSION = 128;
  static final int SEED = 1;

  private HnswData() {}

  static ClusteredVectors vectors() {
    return ClusteredVectors.of(SIZE, DIMENSION, SEED);
  }

  static HnswIndex index(VectorSource vectors) {
    HnswIndex index = HnswIndex.create(HnswConfig.builder(DIMENSION, Metric.L2).build());
    index.addAll(vectors, BulkOptions.defaults());
    return index;
  }
}
