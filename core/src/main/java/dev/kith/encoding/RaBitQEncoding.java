package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.CodeRows;

/**
 * One to eight bits a component: the randomly rotated vector at odd levels, with numbers that make
 * the estimate of an inner product unbiased and tell how far it may be off.
 *
 * <p>With {@code r} the rotated vector, {@code c} its code and a query {@code q}, {@code |r|^2 <q,
 * c> / <r, c>} estimates {@code <q, r>}, and every metric follows from that and from exact norms.
 * Each bit about halves the error. Distances between rows are those between one decoded vector and
 * the other's code; they are not symmetric.
 *
 * <p>Memory: {@code 8 * max(ceil8(w), w + 2)} bytes a vector, where {@code w = bits *
 * ceil64(dimension) / 64} and {@code ceil} rounds up to a multiple; for 384 components of 4 bits,
 * 208 bytes. Encoding a vector takes memory for a moment.
 *
 * <p>Concurrency: immutable.
 *
 * @implNote Gao et al., arXiv:2409.09913, with the best of a few scales in place of the search over
 *     all, and relative to the origin instead of a centre. A query has four bits a component
 *     against codes of one bit, and eight against longer ones. Codes and query are bit planes:
 *     inner products are counts of differing bits.
 */
public final class RaBitQEncoding implements Encoding {
  /** Longs behind a code. */
  static final int EXTRAS = 2;

  private static final int MOST_BITS = 8;

  private final int bits;

  /**
   * Codes of a length.
   *
   * @param bits of a component, 1 to 8
   * @throws IllegalArgumentException if the number of bits is out of range
   */
  public RaBitQEncoding(int bits) {
    if (bits < 1 || bits > MOST_BITS) {
      throw new IllegalArgumentException("bits: " + bits + ", expected 1 to " + MOST_BITS);
    }
    this.bits = bits;
  }

  @Override
  public String name() {
    return "rabitq" + bits;
  }

  @Override
  public RaBitQVectors newVectors(int dimension, Metric metric) {
    return new RaBitQVectors(dimension, metric, bits);
  }

  @Override
  public long bytes(int dimension, Metric metric, long rows) {
    return CodeRows.bytes(bits * words(dimension), EXTRAS, rows);
  }

  /** Longs of one bit plane. */
  static int words(int dimension) {
    return (dimension + Long.SIZE - 1) / Long.SIZE;
  }
}
