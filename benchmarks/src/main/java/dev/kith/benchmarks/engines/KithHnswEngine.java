package dev.kith.benchmarks.engines;

import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.HnswSearchParams;

/** Our graph, with or without codes of neighbours. The effort is efSearch. */
final class KithHnswEngine extends KithEngine {
  private final int codeBits;

  KithHnswEngine(int codeBits) {
    this.codeBits = codeBits;
  }

  @Override
  public String config() {
    String plain = "m=" + M + " efConstruction=" + EF_CONSTRUCTION;
    return codeBits == 0 ? plain : plain + " codeBits=" + codeBits;
  }

  @Override
  MutableVectorIndex empty(Vectors vectors) {
    return HnswIndex.create(
        HnswConfig.builder(vectors.dimension(), vectors.metric())
            .m(M)
            .efConstruction(EF_CONSTRUCTION)
            .codeBits(codeBits)
            .build());
  }

  @Override
  SearchRequest request(float[] query, int k, int effort) {
    return SearchRequest.of(query, k).params(new HnswSearchParams(effort));
  }
}
