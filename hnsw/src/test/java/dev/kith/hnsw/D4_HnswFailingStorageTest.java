package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.storage.D4_FailingStorageTest;
import dev.kith.internal.storage.SmallIndex;

/** Every operation of saving and opening a graph fails in turn. */
class D4_HnswFailingStorageTest extends D4_FailingStorageTest {
  @Override
  protected String type() {
    return "hnsw";
  }

  @Override
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    HnswConfig config = HnswConfig.builder(dimension, metric).m(4).build();
    return SmallIndex.fill(HnswIndex.create(config), vectors, kind);
  }
}
