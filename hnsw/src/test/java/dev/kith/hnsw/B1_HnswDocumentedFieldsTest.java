package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.storage.B1_DocumentedFieldsTest;
import dev.kith.internal.storage.SmallIndex;

/** Every documented field of a graph with every value that might be believed wrongly. */
class B1_HnswDocumentedFieldsTest extends B1_DocumentedFieldsTest {
  @Override
  protected String type() {
    return "hnsw";
  }

  @Override
  protected MutableVectorIndex make(int dimension, Metric metric, int vectors, int kind) {
    HnswConfig config = HnswConfig.builder(dimension, metric).m(4).build();
    return SmallIndex.fill(HnswIndex.create(config), vectors, kind);
  }

  @Override
  protected int leastMutants() {
    return 1_300;
  }

  /**
   * A file that is told to have codes is sound, and making them runs kernels that are not compiled
   * yet and allocate a vector for each step: some 10 MB, whatever the file says.
   */
  @Override
  protected long mostBytes() {
    return 32 << 20;
  }
}
