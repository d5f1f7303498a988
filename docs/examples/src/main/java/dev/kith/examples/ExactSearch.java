package dev.kith.examples;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.util.Arrays;
import java.util.List;

/** Exact answers to many queries in one pass over the vectors. */
public final class ExactSearch {
  private ExactSearch() {}

  /**
   * Finds the ten nearest vectors of each query.
   *
   * @param vectors vectors of one length; their positions are their ids
   * @param queries queries of that length
   * @return the hits of each query
   */
  public static List<Hits> search(float[][] vectors, float[][] queries) {
    // @start region="exact"
    try (FlatIndex index = FlatIndex.create(vectors[0].length, Metric.L2)) {
      index.addAll(VectorSource.of(vectors), BulkOptions.defaults());
      List<SearchRequest> requests =
          Arrays.stream(queries).map(query -> SearchRequest.of(query, 10)).toList();
      return index.searchAll(requests, BulkOptions.defaults());
    }
    // @end
  }
}
