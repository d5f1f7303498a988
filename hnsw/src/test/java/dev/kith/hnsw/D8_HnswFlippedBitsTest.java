package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.storage.D8_FlippedBitsTest;
import dev.kith.internal.storage.SmallIndex;

/** A flipped bit anywhere in a graph is noticed. */
class D8_HnswFlippedBitsTest extends D8_FlippedBitsTest {
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
