package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.SearchParams;
import dev.kith.SearchRequest;
import dev.kith.hnsw.internal.GraphParameters;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.rows.RowIndex;

/** What the changing index and the stored one say alike. */
abstract sealed class SearchableGraph extends RowIndex permits HnswIndex, StoredHnswIndex {
  final GraphParameters parameters;

  SearchableGraph(GraphParameters parameters, Epochs epochs) {
    super(parameters.dimension(), parameters.metric(), epochs);
    this.parameters = parameters;
  }

  static int efSearch(SearchRequest request) {
    return request.params() instanceof HnswSearchParams params
        ? params.efSearch()
        : HnswSearchParams.DEFAULT_EF_SEARCH;
  }

  @Override
  protected final void checkParams(String name, SearchRequest request) {
    SearchParams params = request.params();
    if (params != null && !(params instanceof HnswSearchParams)) {
      throw new IllegalArgumentException(
          name + ": params " + params + ", expected HnswSearchParams");
    }
  }

  @Override
  public final IndexSpec spec() {
    epochs.checkOpen();
    return HnswSpec.of(parameters);
  }
}
