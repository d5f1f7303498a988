package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;

/** The contract can be kept, and by no cleverness at all. */
class ReferenceIndexContractTest extends VectorIndexContract {
  @Override
  protected MutableVectorIndex create(int dimension, Metric metric) {
    return new ReferenceIndex(dimension, metric);
  }

  @Override
  protected boolean saves() {
    return false;
  }

  @Override
  protected boolean createdFromSpec() {
    return false;
  }
}
