package dev.kith.hnsw;

import dev.kith.Hits;
import dev.kith.IndexSpec;
import dev.kith.SearchParams;
import dev.kith.SearchRequest;
import dev.kith.hnsw.internal.Adjacency;
import dev.kith.hnsw.internal.GraphParameters;
import dev.kith.hnsw.internal.GraphSearch;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.rows.RowIndex;
import dev.kith.internal.rows.Rows;

/** What the changing index and the stored one say alike. */
abstract sealed class SearchableGraph extends RowIndex permits HnswIndex, StoredHnswIndex {
  private static final HnswSearchParams DEFAULTS =
      new HnswSearchParams(HnswSearchParams.DEFAULT_EF_SEARCH);

  final GraphParameters parameters;

  SearchableGraph(GraphParameters parameters, Epochs epochs) {
    super(parameters.dimension(), parameters.metric(), epochs);
    this.parameters = parameters;
  }

  /** What a search works with, all of one moment. */
  record Moment(Rows rows, Adjacency links, Pool<GraphSearch> searches) {}

  /** The graph as it is now. */
  abstract Moment now();

  @Override
  protected final Rows rows() {
    return now().rows;
  }

  @Override
  protected final Hits answer(SearchRequest request) {
    Moment now = now();
    GraphSearch search = now.searches.borrow();
    Hits hits =
        search.search(
            now.links,
            now.rows,
            request,
            params(request).efSearch(),
            params(request).rerankFactor());
    now.searches.giveBack(search);
    return hits;
  }

  private static HnswSearchParams params(SearchRequest request) {
    return request.params() instanceof HnswSearchParams params ? params : DEFAULTS;
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
