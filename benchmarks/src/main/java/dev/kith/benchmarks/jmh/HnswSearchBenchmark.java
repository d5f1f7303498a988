package dev.kith.benchmarks.jmh;

import dev.kith.Hits;
import dev.kith.SearchRequest;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.HnswSearchParams;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A search of the graph over 100,000 clustered vectors of 128 dimensions, k = 10. With {@code -prof
 * gc} it shows that a search allocates the request and the hits, and nothing that grows with
 * efSearch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class HnswSearchBenchmark {
  private static final int QUERIES = 1000;
  private static final int K = 10;

  /** Width of the beam. */
  @Param({"16", "64", "256"})
  public int efSearch;

  private HnswIndex index;
  private float[][] queries;
  private HnswSearchParams params;
  private int next;

  /** Makes the benchmark; JMH does. */
  public HnswSearchBenchmark() {}

  /** Builds the graph. */
  @Setup
  public void build() {
    var vectors = HnswData.vectors();
    index = HnswData.index(vectors);
    queries = vectors.queries(QUERIES);
    params = new HnswSearchParams(efSearch);
  }

  /** Closes the index. */
  @TearDown
  public void close() {
    index.close();
  }

  /**
   * From the query to the hits.
   *
   * @return the hits
   */
  @Benchmark
  public Hits search() {
    next = (next + 1) % QUERIES;
    return index.search(SearchRequest.of(queries[next], K).params(params));
  }
}
