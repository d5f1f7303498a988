package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.CodeRows;
import dev.kith.internal.simd.Kernels;
import dev.kith.internal.simd.PlaneKernel;
import java.util.Arrays;

/**
 * Estimates distances to rows of RaBitQ codes. The query stands at odd levels too: a vector is
 * rotated and quantised, a row brings its code.
 */
final class RaBitQRowScorer implements BoundScorer {
  /** Bits of a query's component against codes of one bit, where more do not help. */
  private static final int FEW_PLANES = 4;

  private static final int MANY_PLANES = 8;

  /** With few levels the largest component is cut off: the others gain more than it loses. */
  private static final double CLIPPED = 0.85;

  /** Deviations that an estimate is off at most, but for a few in a hundred (the paper's). */
  private static final double DEVIATIONS = 1.9;

  private final RaBitQVectors vectors;
  private final Metric metric;
  private final int words;
  private final PlaneKernel kernel = Kernels.active().planes();
  private final int ofVector;
  private final long[] shifts;
  private final long[] planes;
  private final long[] plane;
  private final float[] rotated;
  private final byte[] levels;
  private long[] counts = new long[0];

  private int planeCount;
  private double step;
  private double squaredNorm;
  private double off;

  RaBitQRowScorer(RaBitQVectors vectors) {
    this.vectors = vectors;
    this.metric = vectors.metric();
    this.words = vectors.words();
    this.ofVector = vectors.bits() == 1 ? FEW_PLANES : MANY_PLANES;
    int length = vectors.rows().length();
    this.shifts = new long[length];
    for (int k = 0; k < vectors.bits() * words; k++) {
      shifts[k] = k / words;
    }
    this.planes = new long[MANY_PLANES * length];
    this.plane = new long[MANY_PLANES * words];
    this.rotated = new float[vectors.size()];
    this.levels = new byte[vectors.size()];
  }

  @Override
  public void query(float[] vector) {
    squaredNorm = vectors.rotate(vector, rotated);
    float largest = 0;
    for (float component : rotated) {
      largest = Math.max(largest, Math.abs(component));
    }
    planeCount = ofVector;
    int highest = RaBitQVectors.highest(planeCount);
    double clipped = planeCount == FEW_PLANES ? CLIPPED * largest : largest;
    step = clipped / highest;
    quantise(highest);
    BitPlanes.split(levels, planeCount, plane, 0);
    spread(plane, 0);
    normalise();
  }

  private void quantise(int highest) {
    double perUnit = step > 0 ? 0.5 / step : 0;
    int middle = highest / 2 + 1;
    double squares = 0;
    for (int i = 0; i < rotated.length; i++) {
      // moved to where cutting off rounds down
      int level = (int) Math.max(0, Math.min(highest, rotated[i] * perUnit + middle));
      levels[i] = (byte) level;
      double wrong = rotated[i] - step * (2 * level - highest);
      squares += wrong * wrong;
    }
    off = Math.sqrt(squares);
  }

  @Override
  public void row(int ordinal) {
    CodeRows rows = vectors.rows();
    long[] chunk = rows.chunk(ordinal);
    int offset = rows.offset(ordinal);
    planeCount = vectors.bits();
    spread(chunk, offset);
    RaBitQFactors factors = RaBitQFactors.load(chunk, offset + rows.words());
    double squares = vectors.squares(chunk, offset);
    step = factors.step(squares, metric);
    squaredNorm = metric == Metric.COSINE ? 1 : factors.squaredNorm();
    off = Math.sqrt(Math.max(0, squaredNorm - step * step * squares));
  }

  /** Under COSINE the query has length 1. */
  private void normalise() {
    if (metric == Metric.COSINE) {
      double norm = Math.sqrt(squaredNorm);
      step /= norm;
      off /= norm;
      squaredNorm = 1;
    }
  }

  /** Puts each plane of the query beside each plane of a row. */
  private void spread(long[] source, int offset) {
    int length = shifts.length;
    for (int j = 0; j < planeCount; j++) {
      for (int p = 0; p < vectors.bits(); p++) {
        System.arraycopy(source, offset + j * words, planes, j * length + p * words, words);
      }
    }
  }

  @Override
  public void score(int[] ordinals, int from, int count, float[] out) {
    CodeRows rows = vectors.rows();
    count(rows, ordinals, from, count);
    for (int i = 0; i < count; i++) {
      long[] chunk = rows.chunk(ordinals[from + i]);
      int at = rows.offset(ordinals[from + i]) + rows.words();
      out[i] = (float) distance(product(i, chunk, at), chunk[at]);
    }
  }

  @Override
  public void score(int[] ordinals, int from, int count, float[] out, float[] lower) {
    CodeRows rows = vectors.rows();
    count(rows, ordinals, from, count);
    double perDeviation = DEVIATIONS * Math.sqrt(squaredNorm);
    for (int i = 0; i < count; i++) {
      long[] chunk = rows.chunk(ordinals[from + i]);
      int at = rows.offset(ordinals[from + i]) + rows.words();
      double product = product(i, chunk, at);
      out[i] = (float) distance(product, chunk[at]);
      long deviations = chunk[at + 1];
      double error =
          perDeviation * RaBitQFactors.low(deviations)
              + DEVIATIONS * off * RaBitQFactors.high(deviations);
      lower[i] = (float) distance(product + error, chunk[at]);
    }
  }

  private void count(CodeRows rows, int[] ordinals, int from, int count) {
    if (counts.length < count) {
      counts = Arrays.copyOf(counts, count);
    }
    kernel.rows(planes, planeCount, shifts, rows, ordinals, from, count, counts);
  }

  /** The estimate of the inner product of query and vector. */
  private double product(int i, long[] chunk, int at) {
    int highest = RaBitQVectors.highest(planeCount);
    long count = counts[i];
    // the kernel has counted what stands behind the code in its last group of longs, too
    int behind = Math.min(RaBitQEncoding.EXTRAS, shifts.length - vectors.bits() * words);
    for (int k = 0; k < behind; k++) {
      count -= (long) highest * Long.bitCount(chunk[at + k]);
    }
    long most = (long) highest * RaBitQVectors.highest(vectors.bits()) * rotated.length;
    return RaBitQFactors.high(chunk[at]) * (step * (most - 2 * count));
  }

  private double distance(double product, long factors) {
    return switch (metric) {
      case L2 -> Math.max(0, squaredNorm + RaBitQFactors.low(factors) - 2 * product);
      case INNER_PRODUCT -> Finite.of(-product);
      case COSINE -> Math.min(2, Math.max(0, 1 - product));
    };
  }
}
