package dev.kith.benchmarks.engines;

import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.SearchRequest;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.HnswSearchParams;

/**
 * Our graph: on full vectors, on codes of rows with the vectors left in the mapped file, or with
 * codes of neighbours. The effort is efSearch.
 */
final class KithHnswEngine extends KithEngine {
  private final int rowBits;
  private final int codeBits;

  KithHnswEngine(int rowBits, int codeBits) {
    this.rowBits = rowBits;
    this.codeBits = codeBits;
  }

  @Override
  public String config() {
    String plain = "m=" + M + " efConstruction=" + EF_CONSTRUCTION;
    String rows = rowBits == 0 ? "" : " rowBits=" + rowBits + " mapped";
    return plain + rows + (codeBits == 0 ? "" : " codeBits=" + codeBits);
  }

  @Override
  MutableVectorIndex empty(Vectors vectors) {
    return HnswIndex.create(
        HnswConfig.builder(vectors.dimension(), vectors.metric())
            .m(M)
            .efConstruction(EF_CONSTRUCTION)
            .rowBits(rowBits)
            .codeBits(codeBits)
            .build());
  }

  @Override
  OpenMode mode() {
    return rowBits == 0 ? OpenMode.HEAP : OpenMode.MAPPED;
  }

  @Override
  SearchRequest request(float[] query, int k, int effort) {
    return SearchRequest.of(query, k).params(new HnswSearchParams(effort));
  }
}
