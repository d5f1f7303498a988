package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.testkit.VectorIndexContract;

/** The graph index that looks at rows in bytes keeps the contract that every index type keeps. */
class HnswRowCodesContractTest extends VectorIndexContract {
  @Override
  protected MutableVectorIndex create(int dimension, Metric metric) {
    return HnswIndex.create(HnswConfig.builder(dimension, metric).rowBits(8).build());
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
