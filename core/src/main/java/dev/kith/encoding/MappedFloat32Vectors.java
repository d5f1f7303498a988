package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.KernelSet;
import dev.kith.internal.simd.Kernels;
import dev.kith.internal.simd.MappedFloatKernel;
import dev.kith.internal.simd.MappedFloatRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Float32 rows in a mapped file: the twin of {@link Float32Vectors}, read-only. */
public final class MappedFloat32Vectors implements EncodedVectors {
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Metric metric;
  private final MappedFloatKernel kernel;
  private final MappedFloatRows rows;
  private final MemorySegment inverseNorms;

  /**
   * Wraps sections of a file.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param rows padded rows, one after the other
   * @param inverseNorms a double for each row under COSINE, else empty
   */
  public MappedFloat32Vectors(
      int dimension, Metric metric, MemorySegment rows, MemorySegment inverseNorms) {
    KernelSet kernels = Kernels.active();
    this.metric = metric;
    this.kernel = metric == Metric.L2 ? kernels.mappedSquaredL2() : kernels.mappedDot();
    this.rows = new MappedFloatRows(rows, dimension);
    this.inverseNorms = inverseNorms;
  }

  @Override
  public QueryScorer scorer() {
    return new Scorer();
  }

  @Override
  public void decode(int ordinal, float[] target) {
    rows.copy(ordinal, target, 0, target.length);
  }

  @Override
  public long bytes() {
    return rows.segment().byteSize() + inverseNorms.byteSize();
  }

  private double inverseNorm(int ordinal) {
    return inverseNorms.getAtIndex(DOUBLE, ordinal);
  }

  /** The distances of one query. */
  private final class Scorer implements QueryScorer {
    private final float[] query = new float[rows.stride()];
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
      rows.copy(ordinal, query, 0, query.length);
      if (metric == Metric.COSINE) {
        inverseNorm = MappedFloat32Vectors.this.inverseNorm(ordinal);
      }
    }

    @Override
    public void score(int[] ordinals, int from, int count, float[] out) {
      kernel.rows(query, rows, ordinals, from, count, out);
      switch (metric) {
        case L2 -> {}
        case INNER_PRODUCT -> Float32Distances.negate(out, 0, count);
        case COSINE -> {
          for (int i = 0; i < count; i++) {
            double other = MappedFloat32Vectors.this.inverseNorm(ordinals[from + i]);
            out[i] = Float32Distances.cosine(out[i], inverseNorm, other);
          }
        }
      }
    }
  }
}
