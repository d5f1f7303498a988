package dev.kith.benchmarks.jmh;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import dev.kith.internal.simd.FloatRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How near the exact index comes to the bandwidth of memory, one thread: a search of one query
 * against a plain SIMD sum over the same rows in the same arrangement, and a query's share of a
 * batch.
 *
 * <p>Fashion-MNIST (60,000 x 784) when the system property {@code kith.data} names a folder that
 * has it, else clustered vectors of that shape.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx3g"})
public class FlatSearchBenchmark {
  private static final int BATCH = 300;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private FlatIndex index;
  private FloatRows rows;
  private int size;
  private List<SearchRequest> requests;
  private int next;

  /** Makes the benchmark; JMH does. */
  public FlatSearchBenchmark() {}

  /**
   * Loads the vectors into an index and into bare rows.
   *
   * @throws IOException if the data cannot be read
   */
  @Setup
  public void load() throws IOException {
    BenchmarkData data = BenchmarkData.fashionMnist();
    VectorSource base = data.base();
    int dimension = data.dimension();
    size = base.size();
    index = FlatIndex.create(dimension, Metric.L2);
    index.addAll(base, BulkOptions.defaults());
    rows = new FloatRows(dimension).withCapacity(size);
    float[] vector = new float[dimension];
    for (int row = 0; row < size; row++) {
      base.copy(row, vector);
      rows.set(row, vector);
    }
    requests = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      requests.add(SearchRequest.of(data.queries()[i], 10));
    }
  }

  /** Closes the index. */
  @TearDown
  public void close() {
    index.close();
  }

  /**
   * Reads every row once, in order, with four accumulators.
   *
   * @return the sum
   */
  @Benchmark
  public float sum() {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int step = 4 * SPECIES.length();
    for (int row = 0; row < size; ) {
      float[] chunk = rows.chunk(row);
      int end = Math.min(chunk.length, FloatRows.BASE + (size - row) * rows.stride());
      for (int i = FloatRows.BASE; i + step <= end; i += step) {
        a = a.add(FloatVector.fromArray(SPECIES, chunk, i));
        b = b.add(FloatVector.fromArray(SPECIES, chunk, i + SPECIES.length()));
        c = c.add(FloatVector.fromArray(SPECIES, chunk, i + 2 * SPECIES.length()));
        d = d.add(FloatVector.fromArray(SPECIES, chunk, i + 3 * SPECIES.length()));
      }
      row += (chunk.length - FloatRows.BASE) / rows.stride();
    }
    float[] lanes = a.add(b).add(c.add(d)).toArray();
    float sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  /**
   * One query at a time.
   *
   * @return the hits
   */
  @Benchmark
  public Hits search() {
    next = (next + 1) % BATCH;
    return index.search(requests.get(next));
  }

  /**
   * Many queries in one call on one thread; the time is per query.
   *
   * @return the hits
   */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<Hits> batch() {
    return index.searchAll(requests, BulkOptions.defaults().threads(1));
  }
}
