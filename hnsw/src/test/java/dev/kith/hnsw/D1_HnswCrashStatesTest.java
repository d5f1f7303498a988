package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.storage.D1_CrashStatesTest;
import dev.kith.internal.storage.SmallIndex;

/** The power fails at every step of a save of a graph. */
class D1_HnswCrashStatesTest extends D1_CrashStatesTest {
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
