package dev.kith.internal.simd.panama;

import static dev.kith.internal.simd.panama.Lanes.L;
import static dev.kith.internal.simd.panama.Lanes.SPECIES;
import static dev.kith.internal.simd.panama.Lanes.load;

import dev.kith.internal.simd.TransformKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transforms on vectors: distances below the length of a vector within registers, all others
 * between them.
 */
final class PanamaTransform implements TransformKernel {
  private static final VectorShuffle<Float> PARTNER_1 = partner(1);
  private static final VectorShuffle<Float> PARTNER_2 = partner(2);
  private static final VectorShuffle<Float> PARTNER_4 = partner(4);
  private static final VectorShuffle<Float> PARTNER_8 = partner(8);
  private static final VectorMask<Float> SECOND_1 = second(1);
  private static final VectorMask<Float> SECOND_2 = second(2);
  private static final VectorMask<Float> SECOND_4 = second(4);
  private static final VectorMask<Float> SECOND_8 = second(8);

  private static VectorShuffle<Float> partner(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % L);
  }

  private static VectorMask<Float> second(int distance) {
    boolean[] second = new boolean[L];
    for (int lane = 0; lane < L; lane++) {
      second[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(SPECIES, second, 0);
  }

  @Override
  public void hadamard(float[] vector, int from, int count) {
    for (int i = from; i < from + count; i += L) {
      withinVector(load(vector, i)).intoArray(vector, i);
    }
    int distance = L;
    for (; 4 * distance <= count; distance <<= 2) {
      twoSteps(vector, from, from + count, distance);
    }
    if (distance < count) {
      for (int i = from; i < from + distance; i += L) {
        FloatVector a = load(vector, i);
        FloatVector b = load(vector, i + distance);
        a.add(b).intoArray(vector, i);
        a.sub(b).intoArray(vector, i + distance);
      }
    }
  }

  /** The steps of a distance and of twice as much, so that each component is read once for both. */
  private static void twoSteps(float[] vector, int from, int end, int distance) {
    for (int start = from; start < end; start += 4 * distance) {
      for (int i = start; i < start + distance; i += L) {
        FloatVector a = load(vector, i);
        FloatVector b = load(vector, i + distance);
        FloatVector c = load(vector, i + 2 * distance);
        FloatVector d = load(vector, i + 3 * distance);
        FloatVector ab = a.add(b);
        FloatVector cd = c.add(d);
        ab.add(cd).intoArray(vector, i);
        ab.sub(cd).intoArray(vector, i + 2 * distance);
        ab = a.sub(b);
        cd = c.sub(d);
        ab.add(cd).intoArray(vector, i + distance);
        ab.sub(cd).intoArray(vector, i + 3 * distance);
      }
    }
  }

  @Override
  public void multiply(float[] vector, float[] by) {
    for (int i = 0; i < vector.length; i += L) {
      load(vector, i).mul(load(by, i)).intoArray(vector, i);
    }
  }

  /**
   * The partner plus, or for the second of a pair minus, the component: a difference to the bit.
   */
  private static FloatVector withinVector(FloatVector components) {
    FloatVector v = components;
    v = v.rearrange(PARTNER_1).add(v.lanewise(VectorOperators.NEG, SECOND_1));
    v = v.rearrange(PARTNER_2).add(v.lanewise(VectorOperators.NEG, SECOND_2));
    if (L >= 8) {
      v = v.rearrange(PARTNER_4).add(v.lanewise(VectorOperators.NEG, SECOND_4));
    }
    if (L >= 16) {
      v = v.rearrange(PARTNER_8).add(v.lanewise(VectorOperators.NEG, SECOND_8));
    }
    return v;
  }

  @Override
  public float largest(float[] vector) {
    FloatVector lanes = FloatVector.zero(SPECIES);
    int end = vector.length / L * L;
    for (int i = 0; i < end; i += L) {
      lanes = lanes.max(load(vector, i).abs());
    }
    float largest = lanes.reduceLanes(VectorOperators.MAX);
    for (int i = end; i < vector.length; i++) {
      largest = Math.max(largest, Math.abs(vector[i]));
    }
    return largest;
  }

  @Override
  public void mixHalves(float[] vector, int half, float scale) {
    for (int i = 0; i < half; i += L) {
      FloatVector a = load(vector, i);
      FloatVector b = load(vector, i + half);
      a.add(b).mul(scale).intoArray(vector, i);
      a.sub(b).mul(scale).intoArray(vector, i + half);
    }
  }
}
