package dev.kith.internal.simd.panama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The 16 virtual lanes of the float kernels on vectors of 512, 256 or 128 bits: one, two or four
 * vectors.
 *
 * <p>Everything here is a constant to the compiler, or a method small enough to be inlined: a
 * vector that crosses a real call is boxed, at ten times the cost. Never {@code reduceLanes}: its
 * order of additions changes once C2 compiles it.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** Lanes of one vector. */
  static final int L = SPECIES.length();

  /** Vectors that make up the 16 lanes. */
  static final int PARTS = 16 / L;

  private static final VectorShuffle<Float> ROTATE_8 = rotate(8);
  private static final VectorShuffle<Float> ROTATE_4 = rotate(4);
  private static final VectorShuffle<Float> ROTATE_2 = rotate(2);
  private static final VectorShuffle<Float> ROTATE_1 = rotate(1);

  private Lanes() {}

  private static VectorShuffle<Float> rotate(int by) {
    return VectorShuffle.fromOp(SPECIES, i -> (i + by) % L);
  }

  static FloatVector zero() {
    return FloatVector.zero(SPECIES);
  }

  static FloatVector load(float[] array, int offset) {
    return FloatVector.fromArray(SPECIES, array, offset);
  }

  /** The tree of one vector of lanes: i with i + 8, then i + 4, i + 2, i + 1. */
  static float tree(FloatVector lanes) {
    FloatVector v = lanes;
    if (L >= 16) {
      v = v.add(v.rearrange(ROTATE_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(ROTATE_4));
    }
    v = v.add(v.rearrange(ROTATE_2));
    v = v.add(v.rearrange(ROTATE_1));
    return v.lane(0);
  }

  /**
   * The tree when the lanes lie in {@link #PARTS} vectors, the lowest first; the others are not
   * read.
   */
  static float tree(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
    if (PARTS == 1) {
      return tree(a);
    }
    return tree(PARTS == 2 ? a.add(b) : a.add(c).add(b.add(d)));
  }
}
