package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.ByteKernel;
import dev.kith.internal.simd.CodeRows;
import dev.kith.internal.simd.Kernels;
import java.util.Arrays;

/**
 * Rows of bytes on the heap. Behind the code of a row stands one long: its scale, a float, in the
 * lower half, and the sum of the squares of its bytes in the upper one. Behind that there may be
 * room for what the owner wants to find in the same place of memory.
 */
public final class Int8Vectors implements GrowableVectors {
  private static final int HIGHEST = ByteKernel.HIGHEST;

  private final int dimension;
  private final Metric metric;
  private final ByteKernel kernel = Kernels.active().bytes();
  private volatile CodeRows rows;

  Int8Vectors(int dimension, Metric metric) {
    this(dimension, metric, Int8Encoding.EXTRAS, 0);
  }

  /**
   * Rows with room behind them.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param room longs behind each row, whole cache lines
   */
  public Int8Vectors(int dimension, Metric metric, int room) {
    this(dimension, metric, rowLongs(dimension) - Int8Encoding.words(dimension), room);
  }

  private Int8Vectors(int dimension, Metric metric, int extras, int room) {
    this.dimension = dimension;
    this.metric = metric;
    this.rows = new CodeRows(Int8Encoding.words(dimension), extras + room);
  }

  /**
   * The longs of a row that has room behind it, without that room.
   *
   * @param dimension components of every vector
   * @return whole cache lines
   */
  public static int rowLongs(int dimension) {
    int longs = Int8Encoding.words(dimension) + Int8Encoding.EXTRAS;
    return (longs + CodeRows.GROUP - 1) / CodeRows.GROUP * CodeRows.GROUP;
  }

  /**
   * The rows with what stands behind them: the room of a row begins {@link #rowLongs} longs after
   * the row.
   *
   * @return an arrangement, replaced when room for more rows is made
   */
  public CodeRows rows() {
    return rows;
  }

  @Override
  public void ensureCapacity(int wanted) {
    rows = rows.withCapacity(wanted);
  }

  @Override
  public void set(int ordinal, float[] vector) {
    CodeRows r = rows;
    long[] chunk = r.chunk(ordinal);
    int offset = r.offset(ordinal);
    float largest = Kernels.active().transforms().largest(vector);
    double perUnit = perUnit(largest);
    int squares = 0;
    for (int word = 0; word < r.words(); word++) {
      long eight = 0;
      int first = word * Long.BYTES;
      int end = Math.min(dimension, first + Long.BYTES);
      for (int i = first; i < end; i++) {
        int level = level(vector[i], perUnit);
        squares += level * level;
        eight |= (level & 0xFFL) << (Byte.SIZE * (i - first));
      }
      chunk[offset + word] = eight;
    }
    chunk[offset + r.words()] =
        (long) squares << Integer.SIZE | (Float.floatToRawIntBits(scale(largest)) & 0xFFFF_FFFFL);
  }

  /** Levels per unit, in double: of a subnormal vector they are more than a float holds. */
  private static double perUnit(float largest) {
    return largest == 0 ? 0 : HIGHEST / (double) largest;
  }

  private static float scale(float largest) {
    return largest / HIGHEST;
  }

  private static int level(float component, double perUnit) {
    return (int) Math.rint(component * perUnit);
  }

  @Override
  public QueryScorer scorer() {
    return new Scorer();
  }

  @Override
  public void decode(int ordinal, float[] target) {
    CodeRows r = rows;
    long[] chunk = r.chunk(ordinal);
    int offset = r.offset(ordinal);
    float scale = Float.intBitsToFloat((int) chunk[offset + r.words()]);
    for (int i = 0; i < target.length; i++) {
      int shift = Byte.SIZE * (i % Long.BYTES);
      target[i] = scale * (byte) (chunk[offset + i / Long.BYTES] >> shift);
    }
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  /** The distances of one query. */
  private final class Scorer implements QueryScorer {
    private final short[] even;
    private final short[] odd;
    private int[] products = new int[0];
    private double scale;
    private int squares;

    Scorer() {
      int shorts = rows.length() * Long.BYTES / 2;
      this.even = new short[shorts];
      this.odd = new short[shorts];
    }

    @Override
    public void query(float[] vector) {
      float largest = Kernels.active().transforms().largest(vector);
      double perUnit = perUnit(largest);
      scale = scale(largest);
      squares = 0;
      for (int i = 0; i < vector.length; i++) {
        set(i, level(vector[i], perUnit));
      }
    }

    @Override
    public void row(int ordinal) {
      CodeRows r = rows;
      long extra = r.chunk(ordinal)[r.offset(ordinal) + r.words()];
      scale = Float.intBitsToFloat((int) extra);
      squares = (int) (extra >>> Integer.SIZE);
      kernel.split(r, ordinal, even, odd);
      int end = r.words() * Long.BYTES / 2; // behind it stands no code
      Arrays.fill(even, end, even.length, (short) 0);
      Arrays.fill(odd, end, odd.length, (short) 0);
    }

    private void set(int component, int level) {
      short[] half = (component & 1) == 0 ? even : odd;
      half[component >> 1] = (short) level;
      squares += level * level;
    }

    @Override
    public void score(int[] ordinals, int from, int count, float[] out) {
      CodeRows r = rows;
      if (products.length < count) {
        products = Arrays.copyOf(products, count);
      }
      kernel.rows(even, odd, r, ordinals, from, count, products);
      for (int i = 0; i < count; i++) {
        int ordinal = ordinals[from + i];
        long extra = r.chunk(ordinal)[r.offset(ordinal) + r.words()];
        double itsScale = Float.intBitsToFloat((int) extra);
        int itsSquares = (int) (extra >>> Integer.SIZE);
        out[i] =
            switch (metric) {
              case L2 -> squaredDistance(products[i], itsScale, itsSquares);
              case INNER_PRODUCT -> Finite.of(-(scale * itsScale) * products[i]);
              case COSINE -> cosineDistance(products[i], itsSquares);
            };
      }
    }

    /** Of equal codes and scales the three terms are multiples of one number: exactly 0 is left. */
    private float squaredDistance(int product, double itsScale, int itsSquares) {
      double norms = scale * scale * squares + itsScale * itsScale * itsSquares;
      return (float) Math.max(0, norms - 2 * (scale * itsScale * product));
    }

    private float cosineDistance(int product, int itsSquares) {
      float cosine = (float) (product / Math.sqrt((double) ((long) squares * itsSquares)));
      return Math.min(2f, Math.max(0f, 1f - cosine));
    }
  }
}
