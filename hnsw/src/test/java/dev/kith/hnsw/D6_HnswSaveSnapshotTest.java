package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.storage.D6_SaveSnapshotTest;

/** What a save of a graph writes while others write and search is the graph of one moment. */
class D6_HnswSaveSnapshotTest extends D6_SaveSnapshotTest {
  @Override
  protected MutableVectorIndex create() {
    return HnswIndex.create(HnswConfig.builder(DIMENSION, Metric.L2).m(6).build());
  }
}
