package dev.kith.internal.rows;

import dev.kith.BulkOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import java.time.Duration;
import java.util.Collections;

/**
 * Searches an index for made-up queries for a few hundred milliseconds, so that the compiler has
 * seen the kernels before the first real search.
 */
public final class WarmUp {
  private static final long NANOS = 300_000_000;

  private WarmUp() {}

  /**
   * Runs the searches.
   *
   * @param index an open index
   */
  public static void run(VectorIndex index) {
    float[] query = new float[index.dimension()];
    BulkOptions alone = BulkOptions.defaults().threads(1);
    long start = System.nanoTime();
    long left = NANOS;
    for (int round = 0; left > 0; round++) {
      for (int i = 0; i < query.length; i++) {
        query[i] = 1f + ((round * 31 + i * 17) & 63);
      }
      SearchRequest request = SearchRequest.of(query, 10).timeout(Duration.ofNanos(left));
      index.search(request);
      index.searchAll(Collections.nCopies(4, request), alone);
      left = NANOS - (System.nanoTime() - start);
    }
  }
}
