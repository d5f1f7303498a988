package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.FloatKernel;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.KernelSet;
import dev.kith.internal.simd.Kernels;
import java.util.Arrays;

/** Float32 rows on the heap. */
public final class Float32Vectors implements GrowableVectors {
  /** Rows and, under COSINE, the inverse norm of each; replaced as a whole when room is made. */
  private static final class Store {
    private final FloatRows rows;
    private final double[] inverseNorms;

    Store(FloatRows rows, double[] inverseNorms) {
      this.rows = rows;
      this.inverseNorms = inverseNorms;
    }
  }

  private final Metric metric;
  private final FloatKernel kernel;
  private volatile Store store;

  Float32Vectors(int dimension, Metric metric) {
    KernelSet kernels = Kernels.active();
    this.metric = metric;
    this.kernel = metric == Metric.L2 ? kernels.squaredL2() : kernels.dot();
    this.store = new Store(new FloatRows(dimension), new double[0]);
  }

  @Override
  public void ensureCapacity(int rows) {
    Store s = store;
    if (rows > s.rows.capacity()) {
      double[] norms =
          metric == Metric.COSINE ? Arrays.copyOf(s.inverseNorms, rows) : s.inverseNorms;
      store = new Store(s.rows.withCapacity(rows), norms);
    }
  }

  @Override
  public void set(int ordinal, float[] vector) {
    Store s = store;
    s.rows.set(ordinal, vector);
    if (metric == Metric.COSINE) {
      s.inverseNorms[ordinal] =
          Float32Encoding.inverseNorm(
              s.rows.chunk(ordinal), s.rows.offset(ordinal), s.rows.stride());
    }
  }

  @Override
  public QueryScorer scorer() {
    return new Scorer();
  }

  @Override
  public TileScorer tiles(int maxQueries) {
    return new Tiles(maxQueries);
  }

  @Override
  public void decode(int ordinal, float[] target) {
    store.rows.copy(ordinal, target);
  }

  @Override
  public long bytes() {
    Store s = store;
    return (long) s.rows.capacity() * s.rows.stride() * Float.BYTES + 8L * s.inverseNorms.length;
  }

  /** The distances of one query. */
  private final class Scorer implements QueryScorer {
    private final float[] query = new float[store.rows.stride()];
    private double inverseNorm;

    @Override
    public void query(float[] vector) {
      System.arraycopy(vector, 0, query, 0, vector.length);
      if (metric == Metric.COSINE) {
        inverseNorm = Float32Encoding.inverseNorm(query, 0, query.length);
      }
    }

    @Override
    public void row(int ordinal) {
      Store s = store;
      System.arraycopy(s.rows.chunk(ordinal), s.rows.offset(ordinal), query, 0, query.length);
      if (metric == Metric.COSINE) {
        inverseNorm = s.inverseNorms[ordinal];
      }
    }

    @Override
    public void score(int[] ordinals, int from, int count, float[] out) {
      Store s = store;
      kernel.rows(query, s.rows, ordinals, from, count, out);
      finish(s, ordinals, from, count, out);
    }

    @Override
    public void scan(int[] ordinals, int count, float[] out) {
      Store s = store;
      kernel.scan(query, s.rows, ordinals, count, out);
      finish(s, ordinals, 0, count, out);
    }

    private void finish(Store s, int[] ordinals, int from, int count, float[] out) {
      switch (metric) {
        case L2 -> {}
        case INNER_PRODUCT -> Float32Distances.negate(out, 0, count);
        case COSINE -> {
          double[] norms = s.inverseNorms;
          for (int i = 0; i < count; i++) {
            out[i] = Float32Distances.cosine(out[i], inverseNorm, norms[ordinals[from + i]]);
          }
        }
      }
    }
  }

  /** The distances of many queries. */
  private final class Tiles implements TileScorer {
    private final int stride = store.rows.stride();
    private final float[] queries;
    private final double[] inverseNorms;

    Tiles(int maxQueries) {
      this.queries = new float[FloatRows.BASE + maxQueries * stride];
      this.inverseNorms = new double[maxQueries];
    }

    @Override
    public void query(int slot, float[] vector) {
      int at = FloatRows.BASE + slot * stride;
      System.arraycopy(vector, 0, queries, at, vector.length);
      if (metric == Metric.COSINE) {
        inverseNorms[slot] = Float32Encoding.inverseNorm(queries, at, stride);
      }
    }

    @Override
    public void score(int count, int[] ordinals, int rows, float[] out) {
      Store s = store;
      kernel.tile(queries, count, s.rows, ordinals, rows, out);
      switch (metric) {
        case L2 -> {}
        case INNER_PRODUCT -> Float32Distances.negate(out, 0, count * rows);
        case COSINE -> {
          for (int q = 0; q < count; q++) {
            for (int i = 0; i < rows; i++) {
              int at = q * rows + i;
              out[at] =
                  Float32Distances.cosine(out[at], inverseNorms[q], s.inverseNorms[ordinals[i]]);
            }
          }
        }
      }
    }
  }
}
