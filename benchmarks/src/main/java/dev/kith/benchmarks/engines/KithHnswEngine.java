package dev.kith.benchmarks.engines;

import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.HnswSearchParams;

/** Our graph over float32. The effort is efSearch. */
final class KithHnswEngine extends KithEngine {
  @Override
  public String config() {
    return "m=" + M + " efConstruction=" + EF_CONSTRUCTION;
  }

  @Override
  MutableVectorIndex empty(Vectors vectors) {
    return HnswIndex.create(
        HnswConfig.builder(vectors.dimension(), vectors.metric())
            .m(M)
            .efConstruction(EF_CONSTRUCTION)
            .build());
  }

  @Override
  SearchRequest request(float[] query, int k, int effort) {
    return SearchRequest.of(query, k).params(new HnswSearchParams(effort));
  }
}
