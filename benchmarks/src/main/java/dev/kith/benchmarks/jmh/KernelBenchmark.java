package dev.kith.benchmarks.jmh;

import dev.kith.Metric;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.QueryScorer;
import dev.kith.internal.simd.FloatKernel;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for the squared distance to one float32 row at a random place of a table: two rows
 * against each other, one row at a time, and batches as a graph search scores them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx5g"})
public class KernelBenchmark {
  private static final int ROWS = 4096;
  private static final int BATCH = 32;

  /** Places looked up before they repeat: far more rows than any cache holds. */
  private static final int PLACES = 256 * ROWS;

  /** Components of a row. */
  @Param({"128", "384", "784"})
  public int dimension;

  /** Megabytes of rows: one stays in the cache, a thousand do not. */
  @Param({"1", "1000"})
  public int megabytes;

  private final int[] ordinals = new int[PLACES];
  private final float[] out = new float[BATCH];
  private GrowableVectors vectors;
  private QueryScorer scorer;
  private FloatKernel kernel;
  private FloatRows rows;
  private float[] query;
  private int start;

  /** Makes the benchmark; JMH does. */
  public KernelBenchmark() {}

  /** Fills the table. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    int count = (int) (megabytes * 1_000_000L / (Float.BYTES * (long) dimension));
    vectors = Float32Encoding.INSTANCE.newVectors(dimension, Metric.L2);
    vectors.ensureCapacity(count);
    rows = new FloatRows(dimension).withCapacity(count);
    float[] row = new float[dimension];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < dimension; d++) {
        row[d] = random.nextInt() * 0x1p-31f;
      }
      vectors.set(i, row);
      rows.set(i, row);
    }
    for (int i = 0; i < PLACES; i++) {
      ordinals[i] = random.nextInt(count);
    }
    scorer = vectors.scorer();
    scorer.query(row);
    kernel = Kernels.active().squaredL2();
    query = new float[FloatRows.BASE + rows.stride()];
    System.arraycopy(row, 0, query, FloatRows.BASE, dimension);
  }

  /**
   * Two rows against each other, as neighbour selection compares them.
   *
   * @return the sum
   */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float pair() {
    float sum = 0;
    int from = advance();
    for (int i = from; i < from + ROWS; i++) {
      int row = ordinals[i];
      sum += kernel.pair(query, FloatRows.BASE, rows.chunk(row), rows.offset(row), rows.stride());
    }
    return sum;
  }

  /**
   * One row a call.
   *
   * @return the sum
   */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float oneRow() {
    float sum = 0;
    int from = advance();
    for (int i = from; i < from + ROWS; i++) {
      scorer.score(ordinals, i, 1, out);
      sum += out[0];
    }
    return sum;
  }

  /**
   * Batches of 32 rows, as many as a node of the lowest level has links.
   *
   * @return the sum
   */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float bulkRows() {
    float sum = 0;
    int end = advance() + ROWS;
    for (int from = end - ROWS; from < end; from += BATCH) {
      scorer.score(ordinals, from, BATCH, out);
      sum += out[0];
    }
    return sum;
  }

  private int advance() {
    start = (start + ROWS) % PLACES;
    return start;
  }
}
