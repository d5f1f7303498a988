package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.CodeRows;
import dev.kith.internal.simd.Kernels;

/**
 * Rows of RaBitQ codes on the heap: the bit planes of a code, the lowest first, and four floats,
 * see {@link RaBitQFactors}.
 */
public final class RaBitQVectors implements GrowableVectors {
  private final int dimension;
  private final Metric metric;
  private final int bits;
  private final int words;
  private final Rotation rotation;
  private volatile CodeRows rows;

  RaBitQVectors(int dimension, Metric metric, int bits) {
    this.dimension = dimension;
    this.metric = metric;
    this.bits = bits;
    this.words = RaBitQEncoding.words(dimension);
    this.rotation = new Rotation(words * Long.SIZE, Kernels.active().transforms());
    this.rows = new CodeRows(bits * words, RaBitQEncoding.EXTRAS);
  }

  @Override
  public void ensureCapacity(int wanted) {
    rows = rows.withCapacity(wanted);
  }

  @Override
  public void set(int ordinal, float[] vector) {
    CodeRows r = rows;
    float[] rotated = new float[size()];
    double squaredNorm = rotate(vector, rotated);
    OddLevels code = new OddLevels(rotated, squaredNorm, bits);
    long[] chunk = r.chunk(ordinal);
    int offset = r.offset(ordinal);
    BitPlanes.split(code.levels, bits, chunk, offset);
    RaBitQFactors.of(squaredNorm, code, metric).store(chunk, offset + r.words());
  }

  /** Pads and rotates a vector; returns its squared length. */
  double rotate(float[] vector, float[] rotated) {
    double squaredNorm = 0;
    for (int i = 0; i < dimension; i++) {
      rotated[i] = vector[i];
      squaredNorm += (double) vector[i] * vector[i];
    }
    for (int i = dimension; i < rotated.length; i++) {
      rotated[i] = 0;
    }
    rotation.apply(rotated);
    return squaredNorm;
  }

  @Override
  public BoundScorer scorer() {
    return new RaBitQRowScorer(this);
  }

  @Override
  public void decode(int ordinal, float[] target) {
    CodeRows r = rows;
    long[] chunk = r.chunk(ordinal);
    int offset = r.offset(ordinal);
    RaBitQFactors factors = RaBitQFactors.load(chunk, offset + r.words());
    double step = factors.step(squares(chunk, offset), metric);
    if (metric == Metric.COSINE) {
      step *= Math.sqrt(factors.squaredNorm());
    }
    float[] rotated = new float[size()];
    for (int i = 0; i < rotated.length; i++) {
      int level = 2 * BitPlanes.level(chunk, offset, words, bits, i) - highest(bits);
      rotated[i] = (float) (step * level);
    }
    rotation.invert(rotated);
    System.arraycopy(rotated, 0, target, 0, target.length);
  }

  /** The highest of the odd levels. */
  static int highest(int bits) {
    return (1 << bits) - 1;
  }

  /** The squared length of a code: its inner product with itself. */
  double squares(long[] chunk, int offset) {
    long count = 0;
    for (int p = 1; p < bits; p++) {
      for (int q = 0; q < p; q++) {
        int differing = 0;
        for (int word = 0; word < words; word++) {
          long a = chunk[offset + p * words + word];
          differing += Long.bitCount(a ^ chunk[offset + q * words + word]);
        }
        count += (long) differing << (p + q + 1); // twice: p with q and q with p
      }
    }
    return (double) ((long) highest(bits) * highest(bits) * size() - 2 * count);
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  /** Components of a rotated vector. */
  int size() {
    return words * Long.SIZE;
  }

  /** Longs of one bit plane. */
  int words() {
    return words;
  }

  int bits() {
    return bits;
  }

  Metric metric() {
    return metric;
  }

  CodeRows rows() {
    return rows;
  }
}
