package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.FloatRows;
import jdk.incubator.vector.FloatVector;

/**
 * The end of a tile of three queries by four rows, on 512-bit vectors: its twelve accumulators go
 * to memory and are reduced from there. A larger tile, or a reduction in place, makes more nodes
 * than C2 inlines in one method (NodeCountInliningCutoff), and every vector is boxed.
 */
final class Tile {
  static final int QUERIES = 3;
  static final int ROWS = 4;

  /** Floats of scratch. */
  static final int FLOATS = QUERIES * ROWS * FloatRows.LANES;

  private Tile() {}

  static void store(
      float[] lanes, int pair, FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3) {
    int at = pair * FloatRows.LANES;
    v0.intoArray(lanes, at);
    v1.intoArray(lanes, at + FloatRows.LANES);
    v2.intoArray(lanes, at + 2 * FloatRows.LANES);
    v3.intoArray(lanes, at + 3 * FloatRows.LANES);
  }

  static void reduce(float[] lanes, float[] out, int at, int count) {
    for (int pair = 0; pair < QUERIES * ROWS; pair++) {
      out[at + pair / ROWS * count + pair % ROWS] =
          Lanes.tree(Lanes.load(lanes, pair * FloatRows.LANES));
    }
  }
}
