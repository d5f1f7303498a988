package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.storage.D9_WrongLengthTest;
import dev.kith.internal.storage.SmallIndex;

/** A file of a graph that has a wrong length, or is of another save, is noticed. */
class D9_HnswWrongLengthTest extends D9_WrongLengthTest {
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
