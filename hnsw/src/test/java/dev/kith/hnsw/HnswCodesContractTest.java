package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.testkit.VectorIndexContract;

/** The graph index with codes of neighbours keeps the contract that every index type keeps. */
class HnswCodesContractTest extends VectorIndexContract {
  @Override
  protected MutableVectorIndex create(int dimension, Metric metric) {
    return HnswIndex.create(HnswConfig.builder(dimension, metric).codeBits(1).build());
  }

  @Override
  protected double leastRecall() {
    return 0.98;
  }

  @Override
  protected SearchRequest thorough(SearchRequest request) {
    return request.params(new HnswSearchParams(5_000));
  }
}
