package dev.kith.benchmarks.jmh;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a vector costs to add, alone and in bulk, to an index of 20,000 x 128. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class HnswAddBenchmark {
  private static final int BEFORE = 20_000;
  private static final int ADDED = 5_000;
  private static final int DIMENSION = 128;

  private ClusteredVectors vectors;
  private float[][] later;
  private HnswIndex index;

  /** Makes the benchmark; JMH does. */
  public HnswAddBenchmark() {}

  /** Draws the vectors. */
  @Setup
  public void draw() {
    vectors = ClusteredVectors.of(BEFORE, DIMENSION, HnswData.SEED);
    later = vectors.queries(ADDED);
  }

  /** Builds the index that is added to. */
  @Setup(Level.Iteration)
  public void build() {
    index = HnswIndex.create(HnswConfig.builder(DIMENSION, Metric.L2).build());
    index.addAll(vectors, BulkOptions.defaults());
  }

  /** Closes it. */
  @TearDown(Level.Iteration)
  public void close() {
    index.close();
  }

  /** One call for each vector. */
  @Benchmark
  @OperationsPerInvocation(ADDED)
  public void add() {
    for (int i = 0; i < ADDED; i++) {
      index.add((long) BEFORE + i, later[i]);
    }
  }

  /** One call for all, on one thread. */
  @Benchmark
  @OperationsPerInvocation(ADDED)
  public void addAll() {
    long[] ids = new long[ADDED];
    for (int i = 0; i < ADDED; i++) {
      ids[i] = (long) BEFORE + i;
    }
    index.addAll(VectorSource.of(ids, later), BulkOptions.defaults().threads(1));
  }
}
