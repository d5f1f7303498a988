package dev.kith.encoding;

import dev.kith.Metric;
import java.util.Arrays;

/**
 * A toy: of each vector's difference to its context, the signs and two numbers, for L2. Eight
 * vectors make a block, woven word by word; the two numbers of each slot follow the words.
 *
 * <p>With the residual {@code r} and the unit vector {@code u} of its signs, {@code r = a * u + w}
 * with {@code w} at a right angle to {@code u}, {@code a = sum |r| / sqrt(d)}. For a query residual
 * {@code q}, {@code |q - r|^2 = |q|^2 + |r|^2 - 2 a <q, u> - 2 <q, w>}; the last product is not
 * known, but not larger than {@code |w|} times the part of q at a right angle to u.
 */
final class SignCodes implements BlockEncoding {
  static final SignCodes INSTANCE = new SignCodes();

  private static final int SLOTS = 8;

  /** What rounding may cost a bound, relative to the squared lengths. */
  private static final double SLACK = 1e-6;

  private SignCodes() {}

  private static int words(int dimension) {
    return (dimension + 63) / 64;
  }

  private static void requireL2(Metric metric) {
    if (metric != Metric.L2) {
      throw new IllegalArgumentException("metric: " + metric + ", sign codes know L2 alone");
    }
  }

  @Override
  public String name() {
    return "signs";
  }

  @Override
  public int vectorsPerBlock() {
    return SLOTS;
  }

  @Override
  public int blockLongs(int dimension) {
    return SLOTS * (words(dimension) + 1);
  }

  @Override
  public void encode(float[] vector, float[] context, long[] block, int offset, int slot) {
    double length = 0;
    double sum = 0;
    long[] signs = new long[words(vector.length)];
    for (int i = 0; i < vector.length; i++) {
      double r = (double) vector[i] - context[i];
      length += r * r;
      sum += Math.abs(r);
      signs[i >>> 6] |= r < 0 ? 1L << i : 0;
    }
    for (int w = 0; w < signs.length; w++) {
      block[offset + SLOTS * w + slot] = signs[w];
    }
    block[offset + SLOTS * signs.length + slot] =
        (long) Float.floatToRawIntBits((float) length) << 32
            | Float.floatToRawIntBits((float) (sum / Math.sqrt(vector.length)));
  }

  @Override
  public BlockScorer blockScorer(int dimension, Metric metric) {
    requireL2(metric);
    return new Scorer(dimension);
  }

  @Override
  public GrowableVectors newVectors(int dimension, Metric metric) {
    requireL2(metric);
    return new Rows(dimension);
  }

  @Override
  public long bytes(int dimension, Metric metric, long rows) {
    return 8L * blockLongs(dimension) * ((rows + SLOTS - 1) / SLOTS);
  }

  /** Distances to the codes of a block. */
  private static final class Scorer implements BlockScorer {
    private final double[] residual;
    private double squaredLength;
    private double distance;
    private double bound;

    Scorer(int dimension) {
      this.residual = new double[dimension];
    }

    @Override
    public void query(float[] vector, float[] context) {
      squaredLength = 0;
      for (int i = 0; i < residual.length; i++) {
        residual[i] = (double) vector[i] - context[i];
        squaredLength += residual[i] * residual[i];
      }
    }

    @Override
    public void score(long[] block, int offset, int count, float[] distances, float[] lowerBounds) {
      for (int slot = 0; slot < count; slot++) {
        score(block, offset, slot);
        distances[slot] = (float) distance;
        lowerBounds[slot] = (float) bound;
      }
    }

    void score(long[] block, int offset, int slot) {
      int dimension = residual.length;
      double dot = 0;
      for (int i = 0; i < dimension; i++) {
        boolean negative = (block[offset + SLOTS * (i >>> 6) + slot] >>> i & 1) != 0;
        dot += negative ? -residual[i] : residual[i];
      }
      long numbers = block[offset + SLOTS * words(dimension) + slot];
      double length = Float.intBitsToFloat((int) (numbers >>> 32));
      double a = Float.intBitsToFloat((int) numbers);
      double along = dot / Math.sqrt(dimension);
      double estimate = squaredLength + length - 2 * a * along;
      double unknown =
          2 * Math.sqrt(Math.max(0, length - a * a) * Math.max(0, squaredLength - along * along));
      distance = Math.max(0, estimate);
      bound = Math.max(0, estimate - unknown - SLACK * (squaredLength + length));
    }
  }

  /** Codes by ordinal, relative to zero, in the same blocks. */
  private static final class Rows implements GrowableVectors {
    private final int dimension;
    private final float[] zero;
    private volatile long[] blocks = {};

    Rows(int dimension) {
      this.dimension = dimension;
      this.zero = new float[dimension];
    }

    private int offset(int ordinal) {
      return ordinal / SLOTS * INSTANCE.blockLongs(dimension);
    }

    @Override
    public void ensureCapacity(int rows) {
      int longs = (int) (INSTANCE.bytes(dimension, Metric.L2, rows) / 8);
      if (longs > blocks.length) {
        blocks = Arrays.copyOf(blocks, longs);
      }
    }

    @Override
    public void set(int ordinal, float[] vector) {
      INSTANCE.encode(vector, zero, blocks, offset(ordinal), ordinal % SLOTS);
    }

    @Override
    public void decode(int ordinal, float[] target) {
      long[] all = blocks;
      int at = offset(ordinal) + ordinal % SLOTS;
      double a = Float.intBitsToFloat((int) all[at + SLOTS * words(dimension)]);
      float component = (float) (a / Math.sqrt(dimension));
      for (int i = 0; i < dimension; i++) {
        boolean negative = (all[at + SLOTS * (i >>> 6)] >>> i & 1) != 0;
        target[i] = negative ? -component : component;
      }
    }

    @Override
    public QueryScorer scorer() {
      Scorer scorer = new Scorer(dimension);
      return new QueryScorer() {
        private final float[] decoded = new float[dimension];

        @Override
        public void query(float[] vector) {
          scorer.query(vector, zero);
        }

        @Override
        public void row(int ordinal) {
          decode(ordinal, decoded);
          scorer.query(decoded, zero);
        }

        @Override
        public void score(int[] ordinals, int from, int count, float[] out) {
          long[] all = blocks;
          for (int i = 0; i < count; i++) {
            int ordinal = ordinals[from + i];
            scorer.score(all, offset(ordinal), ordinal % SLOTS);
            out[i] = (float) scorer.distance;
          }
        }
      };
    }

    @Override
    public long bytes() {
      return 8L * blocks.length;
    }
  }
}
