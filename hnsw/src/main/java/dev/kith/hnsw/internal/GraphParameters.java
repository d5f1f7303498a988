package dev.kith.hnsw.internal;

import dev.kith.Metric;
import dev.kith.encoding.Encoding;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.Int8Encoding;
import dev.kith.encoding.RaBitQEncoding;

/**
 * What a graph is built with; ranges are checked by the public config.
 *
 * @param dimension components of every vector
 * @param metric how distances are measured
 * @param m links of a new row
 * @param efConstruction the width of the beam that finds its neighbours
 * @param rowBits bits per component of the codes that building and searches look at instead of full
 *     vectors: 8 for bytes, fewer for RaBitQ; 0 for none, or for bytes where there are codes of
 *     neighbours
 * @param codeBits bits per component of the codes that each row has of its neighbours; 0 for none
 * @param seed what levels and the order of insertion follow from
 */
public record GraphParameters(
    int dimension, Metric metric, int m, int efConstruction, int rowBits, int codeBits, long seed) {
  private static final int BYTES = 8;

  /** An empty store of what building and searches look at, in the space of codes. */
  GrowableVectors newCodes() {
    return rowEncoding().newVectors(dimension, CodeSpace.metric(metric));
  }

  /** How the rows that building and searches look at are held. */
  Encoding rowEncoding() {
    return switch (rowBits) {
      case 0 -> codeBits > 0 ? Int8Encoding.INSTANCE : Float32Encoding.INSTANCE;
      case BYTES -> Int8Encoding.INSTANCE;
      default -> new RaBitQEncoding(rowBits);
    };
  }

  /** Whether what searches look at are codes, with full vectors behind them. */
  boolean codedRows() {
    return rowBits > 0 || codeBits > 0;
  }

  /**
   * Full vectors that a search for k looks at, at the end. Measured by exhaustive search of two
   * real sets, 2k keep all of the true ten from 4 bits on, 0.997 with 3, and 4k keep 0.999 with 2
   * and 0.955 with 1; the factors below stay on the safe side of that.
   */
  long inFull(int k) {
    long factor =
        switch (rowBits) {
          case 1 -> 16;
          case 2 -> 5;
          case 3 -> 3;
          case 4, 5, 6, 7 -> 2;
          default -> 1;
        };
    return factor == 1 ? k + k / 2 + 1 : factor * k;
  }
}
