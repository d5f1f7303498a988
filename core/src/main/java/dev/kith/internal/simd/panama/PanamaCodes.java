package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.CodeKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Estimates from 1-bit codes: with 512-bit vectors one lane a slot, with shorter ones a few slots
 * at a time. Nothing is added across lanes.
 */
final class PanamaCodes implements CodeKernel {
  private static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() > SLOTS
          ? LongVector.SPECIES_512
          : LongVector.SPECIES_PREFERRED;
  private static final int L = SPECIES.length();
  private static final VectorSpecies<Integer> LEVELS =
      VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
  private static final VectorSpecies<Float> ESTIMATES = FloatVector.SPECIES_256;
  private static final VectorSpecies<Long> FACTORS = LongVector.SPECIES_256;

  @Override
  public int estimate(
      long[] codes,
      int offset,
      int words,
      long[] planes,
      float step,
      float centre,
      float base,
      float bound,
      float[] estimates) {
    int factors = offset + words * SLOTS;
    if (L == SLOTS) {
      return all(codes, offset, factors, planes, step, centre, base, bound, estimates);
    }
    int below = 0;
    for (int slot = 0; slot < SLOTS; slot += L) {
      LongVector counts = counts(codes, offset + slot, factors, planes);
      below |= one(codes, factors, slot, counts.lane(0), step, centre, base, bound, estimates);
      below |= one(codes, factors, slot + 1, counts.lane(1), step, centre, base, bound, estimates);
      if (L == 4) {
        below |=
            one(codes, factors, slot + 2, counts.lane(2), step, centre, base, bound, estimates);
        below |=
            one(codes, factors, slot + 3, counts.lane(3), step, centre, base, bound, estimates);
      }
    }
    return below;
  }

  /** Eight slots at once; conversion of longs to floats is an instruction here. */
  private static int all(
      long[] codes,
      int offset,
      int factors,
      long[] planes,
      float step,
      float centre,
      float base,
      float bound,
      float[] estimates) {
    FloatVector count =
        (FloatVector)
            counts(codes, offset, factors, planes).convertShape(VectorOperators.L2F, ESTIMATES, 0);
    FloatVector product = count.fma(FloatVector.broadcast(ESTIMATES, -2 * step), centre(centre));
    FloatVector addend = LongVector.fromArray(FACTORS, codes, factors).reinterpretAsFloats();
    FloatVector factor = LongVector.fromArray(FACTORS, codes, factors + 4).reinterpretAsFloats();
    FloatVector estimate = factor.fma(product, addend.add(base));
    estimate.intoArray(estimates, 0);
    return (int) estimate.compare(VectorOperators.LT, bound).toLong();
  }

  private static FloatVector centre(float centre) {
    return FloatVector.broadcast(ESTIMATES, centre);
  }

  /** For each lane the bits in which its code differs from the planes, weighted. */
  private static LongVector counts(long[] codes, int offset, int end, long[] planes) {
    LongVector c0 = LongVector.zero(SPECIES);
    LongVector c1 = c0;
    LongVector c2 = c0;
    LongVector c3 = c0;
    int plane = 0;
    for (int at = offset; at < end; at += SLOTS) {
      LongVector code = LongVector.fromArray(SPECIES, codes, at);
      c0 = c0.add(differences(code, planes[plane]));
      c1 = c1.add(differences(code, planes[plane + 1]));
      c2 = c2.add(differences(code, planes[plane + 2]));
      c3 = c3.add(differences(code, planes[plane + 3]));
      plane += PLANES;
    }
    LongVector high = c2.add(c3.lanewise(VectorOperators.LSHL, 1));
    return c0.add(c1.lanewise(VectorOperators.LSHL, 1)).add(high.lanewise(VectorOperators.LSHL, 2));
  }

  private static LongVector differences(LongVector code, long plane) {
    return code.lanewise(VectorOperators.XOR, plane).lanewise(VectorOperators.BIT_COUNT);
  }

  @Override
  public void planes(float[] vector, float levelsPerUnit, long[] planes) {
    for (int word = 0; word < vector.length / Long.SIZE; word++) {
      long p0 = 0;
      long p1 = 0;
      long p2 = 0;
      long p3 = 0;
      for (int i = 0; i < Long.SIZE; i += Lanes.L) {
        FloatVector levels =
            Lanes.load(vector, word * Long.SIZE + i).mul(levelsPerUnit).add(MIDDLE);
        IntVector level =
            (IntVector) levels.min(HIGHEST).max(0).convertShape(VectorOperators.F2I, LEVELS, 0);
        p0 |= bits(level, 1) << i;
        p1 |= bits(level, 2) << i;
        p2 |= bits(level, 4) << i;
        p3 |= bits(level, 8) << i;
      }
      int at = word * PLANES;
      planes[at] = p0;
      planes[at + 1] = p1;
      planes[at + 2] = p2;
      planes[at + 3] = p3;
    }
  }

  private static long bits(IntVector level, int bit) {
    return level.lanewise(VectorOperators.AND, bit).compare(VectorOperators.NE, 0).toLong();
  }

  @Override
  public void signs(float[] vector, long[] codes, int offset) {
    for (int word = 0; word < vector.length / Long.SIZE; word++) {
      long signs = 0;
      for (int i = 0; i < Long.SIZE; i += Lanes.L) {
        IntVector raw = Lanes.load(vector, word * Long.SIZE + i).reinterpretAsInts();
        signs |= raw.compare(VectorOperators.GE, 0).toLong() << i;
      }
      codes[offset + word * SLOTS] = signs;
    }
  }

  private static int one(
      long[] codes,
      int factors,
      int slot,
      long count,
      float step,
      float centre,
      float base,
      float bound,
      float[] estimates) {
    int shift = 32 * (slot & 1);
    float addend = Float.intBitsToFloat((int) (codes[factors + (slot >> 1)] >>> shift));
    float factor = Float.intBitsToFloat((int) (codes[factors + 4 + (slot >> 1)] >>> shift));
    float estimate = Math.fma(factor, Math.fma((float) count, -2 * step, centre), addend + base);
    estimates[slot] = estimate;
    return estimate < bound ? 1 << slot : 0;
  }
}
