package dev.kith.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.eval.ClusteredVectors;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.HnswSearchParams;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code gc.alloc.rate.norm} of {@link HnswSearchBenchmark} must stay below: the request with
 * its copy of the query, and the hits.
 */
class SearchAllocationTest {
  private static final int DIMENSION = 128;
  private static final int K = 10;
  private static final int SEARCHES = 2000;

  /** Two requests (one without params), the params, and the copy of the query. */
  private static final long REQUEST = 2 * 64 + 16 + 16 + Float.BYTES * DIMENSION;

  /** The hits, their statistics, an array of ids and one of distances. */
  private static final long HITS = 32 + 64 + 2 * 16 + (Long.BYTES + Float.BYTES) * K;

  /** A state of the moment, and rounding up to 8 bytes. */
  private static final long SLACK = 64;

  private static final long CEILING = REQUEST + HITS + SLACK;
  private static final int MOST_ROUNDS = 30;

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 256})
  void aSearchAllocatesTheRequestAndTheHits(int efSearch) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ClusteredVectors vectors = ClusteredVectors.of(3000, DIMENSION, 1);
    float[][] queries = vectors.queries(100);
    HnswSearchParams params = new HnswSearchParams(efSearch);
    try (HnswIndex index = HnswIndex.create(HnswConfig.builder(DIMENSION, Metric.L2).build())) {
      index.addAll(vectors, BulkOptions.defaults());
      // Until the kernels are compiled they box every vector, and the first search makes scratch
      // space that is kept; after that each round allocates the same.
      long least = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && least > CEILING; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        long found = search(index, queries, params);
        least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / SEARCHES);
        assertThat(found).isEqualTo((long) SEARCHES * K);
      }
      assertThat(least).isLessThanOrEqualTo(CEILING);
    }
  }

  private static long search(HnswIndex index, float[][] queries, HnswSearchParams params) {
    long found = 0;
    for (int i = 0; i < SEARCHES; i++) {
      float[] query = queries[i % queries.length];
      found += index.search(SearchRequest.of(query, K).params(params)).size();
    }
    return found;
  }
}
