package dev.kith.examples.testkit;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.testkit.VectorIndexContract;

/** Whoever writes an index type inherits its tests. */
// @start region="contract"
class OwnIndexContractTest extends VectorIndexContract {
  @Override
  protected MutableVectorIndex create(int dimension, Metric metric) {
    return VectorIndexes.create(IndexSpec.parse("Flat", dimension, metric));
  }
}
// @end
