package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.flat.FlatIndex;

/** The exact index keeps the contract, to the bit. */
class FlatIndexContractTest extends VectorIndexContract {
  @Override
  protected MutableVectorIndex create(int dimension, Metric metric) {
    return FlatIndex.create(dimension, metric);
  }
}
