package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.internal.concurrent.C1_LinearizableTest;

/** Whatever threads do to one id of a graph at once, some order of the calls explains it. */
class C1_HnswLinearizableTest extends C1_LinearizableTest {
  @Override
  protected MutableVectorIndex create() {
    return HnswIndex.create(HnswConfig.builder(DIMENSION, Metric.L2).m(4).build());
  }

  @Override
  protected int batches() {
    return ReliabilityRig.LONG ? 1_000 : 15;
  }
}
