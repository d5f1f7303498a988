package dev.kith.examples;

import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import java.time.Duration;

/** What a request can say besides the query. */
public final class SearchOptions {
  private SearchOptions() {}

  /**
   * Asks for the ten nearest of some ids, within a distance and a time.
   *
   * @param index any index
   * @param query a vector of its dimension
   * @return the hits
   */
  public static Hits search(VectorIndex index, float[] query) {
    // @start region="request"
    SearchRequest request =
        SearchRequest.of(query, 10)
            .filter(IdSet.of(1, 2, 3, 5, 8, 13))
            .maxDistance(0.5f)
            .timeout(Duration.ofMillis(20));
    Hits hits = index.search(request);
    if (!hits.complete()) {
      System.out.println("out of time, the best so far: " + hits);
    }
    // @end
    return hits;
  }
}
