package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.CodeKernel;
import dev.kith.internal.simd.FloatKernel;
import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.Kernels;
import java.util.Arrays;

/**
 * One or two bits per component of the randomly rotated difference between a vector and its
 * context, with two numbers that make the estimate of the distance unbiased. One bit is the sign;
 * two tell the large components from the small ones and so halve the error.
 *
 * <p>With {@code r = P(v - c)}, its code {@code s} of components -1 and 1, or -3, -1, 1 and 3, and
 * a query {@code q}, {@code |r|^2 <P(q-c), s> / <r, s>} estimates {@code <q - c, v - c>}; every
 * metric follows from that and from the exact distance between query and context. Under COSINE all
 * three are normalised first, and the distance is half the squared one.
 *
 * <p>Memory: {@code bits * ceil64(dimension) / 8 + 8} bytes a vector.
 *
 * <p>Concurrency: immutable.
 *
 * @implNote Gao and Long, arXiv:2405.12497; codes relative to a graph node as in SymphonyQG,
 *     arXiv:2411.12229. The query has four bits a component, at odd levels, so that no sums over
 *     the query or the code are needed.
 */
public final class RaBitQ implements BlockEncoding {
  private static final int SLOTS = CodeKernel.SLOTS;

  /** Components beyond this share of their root mean square are large. */
  private static final double LARGE = 0.98;

  private final int dimension;
  private final Metric metric;
  private final int bits;
  private final int words;
  private final Rotation rotation;

  /**
   * The codes of vectors, one bit a component.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   */
  public RaBitQ(int dimension, Metric metric) {
    this(dimension, metric, 1);
  }

  /**
   * The codes of vectors.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param bits for each component, 1 or 2
   * @throws IllegalArgumentException if {@code bits} is neither
   */
  public RaBitQ(int dimension, Metric metric, int bits) {
    if (bits != 1 && bits != 2) {
      throw new IllegalArgumentException("bits must be 1 or 2, not " + bits);
    }
    this.dimension = dimension;
    this.metric = metric;
    this.bits = bits;
    this.words = words(dimension);
    this.rotation = new Rotation(words * Long.SIZE, Kernels.active().transforms());
  }

  private static int words(int dimension) {
    return (dimension + Long.SIZE - 1) / Long.SIZE;
  }

  /**
   * The size of a block.
   *
   * @param dimension components of every vector
   * @param bits for each component, 1 or 2
   * @return longs
   */
  public static int blockLongs(int dimension, int bits) {
    return SLOTS * bits * words(dimension) + CodeKernel.FACTOR_LONGS;
  }

  /**
   * The precision of the codes.
   *
   * @return bits for each component, 1 or 2
   */
  public int bits() {
    return bits;
  }

  @Override
  public int vectorsPerBlock() {
    return SLOTS;
  }

  @Override
  public int blockLongs() {
    return blockLongs(dimension, bits);
  }

  @Override
  public BlockEncoder encoder() {
    return new Encoder();
  }

  @Override
  public BlockScorer scorer() {
    return new RaBitQScorer(this, metric, words);
  }

  @Override
  public void clear(long[] block, int offset, int slot) {
    for (int word = 0; word < bits * words; word++) {
      block[offset + word * SLOTS + slot] = 0;
    }
    setFactors(block, offset, slot, Float.POSITIVE_INFINITY, 0);
  }

  @Override
  public void copy(long[] from, int fromOffset, int fromSlot, long[] to, int toOffset, int toSlot) {
    int factors = bits * words * SLOTS;
    for (int word = 0; word < factors; word += SLOTS) {
      to[toOffset + word + toSlot] = from[fromOffset + word + fromSlot];
    }
    int at = fromOffset + factors + (fromSlot >> 1);
    int shift = 32 * (fromSlot & 1);
    setFactors(
        to,
        toOffset,
        toSlot,
        Float.intBitsToFloat((int) (from[at] >>> shift)),
        Float.intBitsToFloat((int) (from[at + SLOTS / 2] >>> shift)));
  }

  private void setFactors(long[] block, int offset, int slot, float addend, float factor) {
    int at = offset + bits * words * SLOTS + (slot >> 1);
    int shift = 32 * (slot & 1);
    block[at] = withHalf(block[at], shift, addend);
    block[at + SLOTS / 2] = withHalf(block[at + SLOTS / 2], shift, factor);
  }

  private static long withHalf(long pair, int shift, float value) {
    long bits = Float.floatToRawIntBits(value) & 0xffff_ffffL;
    return (pair & ~(0xffff_ffffL << shift)) | bits << shift;
  }

  /** Normalises under COSINE, pads and rotates. */
  void rotate(float[] vector, float[] rotated) {
    System.arraycopy(vector, 0, rotated, 0, dimension);
    Arrays.fill(rotated, dimension, rotated.length, 0);
    if (metric == Metric.COSINE) {
      double norm = Float32Encoding.inverseNorm(rotated, 0, FloatRows.padded(dimension));
      if (norm < Double.POSITIVE_INFINITY) {
        for (int i = 0; i < dimension; i++) {
          rotated[i] = (float) (rotated[i] * norm);
        }
      }
    }
    rotation.apply(rotated);
  }

  private final class Encoder implements BlockEncoder {
    private final FloatKernel dot = Kernels.active().dot();
    private final CodeKernel kernel = Kernels.active().codes();
    private final int size = words * Long.SIZE;
    private final float[] context = new float[size];
    private final float[] residual = new float[size];
    private final float[] rest = new float[size];
    private final float[] code = new float[size];

    @Override
    public void context(float[] vector) {
      rotate(vector, context);
    }

    @Override
    public void encode(float[] vector, long[] block, int offset, int slot) {
      rotate(vector, residual);
      for (int i = 0; i < size; i++) {
        residual[i] -= context[i];
      }
      float squared = dot.pair(residual, 0, residual, 0, size);
      setCode(squared, block, offset + slot);
      if (squared == 0) {
        setFactors(block, offset, slot, 0, 0); // the estimate is the base, which is the distance
        return;
      }
      float scale = squared / dot.pair(residual, 0, code, 0, size);
      float ofContext = scale * dot.pair(context, 0, code, 0, size);
      switch (metric) {
        case L2 -> setFactors(block, offset, slot, squared + 2 * ofContext, -2 * scale);
        case COSINE -> setFactors(block, offset, slot, 0.5f * squared + ofContext, -scale);
        case INNER_PRODUCT -> {
          float product = dot.pair(context, 0, residual, 0, size);
          setFactors(block, offset, slot, ofContext - product, -scale);
        }
      }
    }

    /** Sets the code of the residual, as bits in the block and as the numbers they stand for. */
    private void setCode(float squared, long[] block, int at) {
      kernel.signs(residual, block, at);
      float upper = bits; // 1 alone, 2 above a lower bit
      for (int i = 0; i < size; i++) {
        code[i] = Math.copySign(upper, residual[i]);
      }
      if (bits == 2) {
        float large = (float) (LARGE * Math.sqrt(squared / size));
        for (int i = 0; i < size; i++) {
          rest[i] = residual[i] - Math.copySign(large, residual[i]);
          code[i] += Math.copySign(1f, rest[i]);
        }
        kernel.signs(rest, block, at + words * SLOTS);
      }
    }
  }
}
