package dev.kith.benchmarks.engines;

import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.flat.FlatIndex;

/** Our exact index. */
final class KithFlatEngine extends KithEngine {
  @Override
  public String config() {
    return "exact";
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  MutableVectorIndex empty(Vectors vectors) {
    return FlatIndex.create(vectors.dimension(), vectors.metric());
  }

  @Override
  SearchRequest request(float[] query, int k, int effort) {
    return SearchRequest.of(query, k);
  }
}
