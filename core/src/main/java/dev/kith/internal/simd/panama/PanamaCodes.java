package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.CodeKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Estimates from codes of a few bits: one 512-bit vector holds a word of all eight slots; of
 * shorter vectors two are counted in one loop, so that their counts fit the lanes of one vector of
 * ints. Nothing is added across lanes, and no lane is taken out.
 */
final class PanamaCodes implements CodeKernel {
  private static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() > SLOTS
          ? LongVector.SPECIES_512
          : LongVector.SPECIES_PREFERRED;
  private static final int L = SPECIES.length();

  /** Whether a vector has a lane for every slot. */
  private static final boolean WHOLE = L == SLOTS;

  /** Slots that are estimated together: 8, or the 4 that vectors of 128 bits allow. */
  private static final int STEP = WHOLE ? SLOTS : 2 * L;

  private static final VectorSpecies<Float> ESTIMATES =
      WHOLE ? FloatVector.SPECIES_256 : VectorSpecies.of(float.class, SPECIES.vectorShape());
  private static final VectorSpecies<Long> FACTORS =
      VectorSpecies.of(long.class, ESTIMATES.vectorShape());

  /** From slots i and i + L beside each other to the order of slots. */
  private static final VectorShuffle<Float> ORDER =
      VectorShuffle.fromOp(ESTIMATES, i -> i < L ? 2 * i : 2 * (i - L) + 1);

  private static final VectorSpecies<Integer> LEVELS =
      VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());

  @Override
  public int estimate(
      long[] codes,
      int offset,
      int words,
      int bits,
      long[] planes,
      float step,
      float centre,
      float base,
      float bound,
      float[] estimates) {
    int factors = offset + bits * words * SLOTS;
    int below = 0;
    for (int slot = 0; slot < SLOTS; slot += STEP) {
      LongVector counts = counts(codes, offset + slot, words * SLOTS, bits, planes);
      FloatVector inner =
          floats(counts)
              .fma(
                  FloatVector.broadcast(ESTIMATES, -2 * step),
                  FloatVector.broadcast(ESTIMATES, centre));
      int at = factors + slot / 2;
      FloatVector addend = LongVector.fromArray(FACTORS, codes, at).reinterpretAsFloats();
      FloatVector factor =
          LongVector.fromArray(FACTORS, codes, at + SLOTS / 2).reinterpretAsFloats();
      FloatVector estimate = factor.fma(inner, addend.add(base));
      estimate.intoArray(estimates, slot);
      below |= (int) estimate.compare(VectorOperators.LT, bound).toLong() << slot;
    }
    return below;
  }

  /** Counts as floats in the order of slots. */
  private static FloatVector floats(LongVector counts) {
    if (WHOLE) {
      return (FloatVector) counts.convertShape(VectorOperators.L2F, ESTIMATES, 0);
    }
    // AVX2 has no conversion of longs
    return ((FloatVector) counts.reinterpretAsInts().convert(VectorOperators.I2F, 0))
        .rearrange(ORDER);
  }

  /** What {@link #floats} makes the counts of. */
  private static LongVector counts(long[] codes, int from, int size, int bits, long[] planes) {
    if (WHOLE) {
      return bits == 1
          ? one(codes, from, from + size, planes)
          : two(codes, from, from + size, size, planes);
    }
    LongVector counts = two(codes, from, from + size, L, planes);
    if (bits == 1) {
      return counts;
    }
    return counts.add(counts).add(two(codes, from + size, from + 2 * size, L, planes));
  }

  /** For each lane the bits in which its code differs from the planes, weighted. */
  private static LongVector one(long[] codes, int from, int end, long[] planes) {
    LongVector c0 = LongVector.zero(SPECIES);
    LongVector c1 = c0;
    LongVector c2 = c0;
    LongVector c3 = c0;
    int plane = 0;
    for (int at = from; at < end; at += SLOTS) {
      LongVector code = LongVector.fromArray(SPECIES, codes, at);
      c0 = c0.add(differences(code, planes[plane]));
      c1 = c1.add(differences(code, planes[plane + 1]));
      c2 = c2.add(differences(code, planes[plane + 2]));
      c3 = c3.add(differences(code, planes[plane + 3]));
      plane += PLANES;
    }
    return weighted(c0, c1, c2, c3);
  }

  /**
   * The same of two vectors in one loop. With a lane for every slot they are the upper and the
   * lower bits of the codes, and the counts of the upper count twice; else they are slots side by
   * side, and the counts of the second become the upper halves.
   */
  private static LongVector two(long[] codes, int from, int end, int apart, long[] planes) {
    LongVector c0 = LongVector.zero(SPECIES);
    LongVector c1 = c0;
    LongVector c2 = c0;
    LongVector c3 = c0;
    LongVector d0 = c0;
    LongVector d1 = c0;
    LongVector d2 = c0;
    LongVector d3 = c0;
    int plane = 0;
    for (int at = from; at < end; at += SLOTS) {
      LongVector code = LongVector.fromArray(SPECIES, codes, at);
      LongVector other = LongVector.fromArray(SPECIES, codes, at + apart);
      long p0 = planes[plane];
      long p1 = planes[plane + 1];
      long p2 = planes[plane + 2];
      long p3 = planes[plane + 3];
      c0 = c0.add(differences(code, p0));
      c1 = c1.add(differences(code, p1));
      c2 = c2.add(differences(code, p2));
      c3 = c3.add(differences(code, p3));
      d0 = d0.add(differences(other, p0));
      d1 = d1.add(differences(other, p1));
      d2 = d2.add(differences(other, p2));
      d3 = d3.add(differences(other, p3));
      plane += PLANES;
    }
    LongVector first = weighted(c0, c1, c2, c3);
    LongVector second = weighted(d0, d1, d2, d3);
    return WHOLE
        ? first.add(first).add(second)
        : first.or(second.lanewise(VectorOperators.LSHL, Integer.SIZE));
  }

  private static LongVector weighted(LongVector c0, LongVector c1, LongVector c2, LongVector c3) {
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
}
