package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.ByteKernel;
import dev.kith.internal.simd.CodeRows;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of bytes, two at a time in the 16 bits that the two bytes took: their sum is moved to
 * where it is not negative, then pairs of sums are added up as ints, and their upper halves once
 * more, from which both halves follow. There is no way to the instructions that do this at once.
 *
 * <p>Four rows together: their cache misses overlap, and the query is loaded once. All is written
 * out in full, for the reason that {@link PanamaPlanes} gives.
 */
final class PanamaBytes implements ByteKernel {
  private static final VectorSpecies<Long> SPECIES = Words.SPECIES;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, SPECIES.vectorShape());
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int L = SPECIES.length();
  private static final int SHORTS_OF_A_LONG = 4;
  private static final int ROWS = 4;

  /** What is added to every sum of two products. */
  private static final int MIDDLE = 1 << 15;

  @Override
  public void rows(
      short[] even, short[] odd, CodeRows rows, int[] ordinals, int from, int count, int[] out) {
    for (int i = 0; i < count; i += ROWS) {
      four(even, odd, rows, ordinals, from, i, count - 1, out);
    }
  }

  @Override
  public void split(CodeRows rows, int ordinal, short[] even, short[] odd) {
    long[] chunk = rows.chunk(ordinal);
    int offset = rows.offset(ordinal);
    int length = rows.length();
    for (int k = 0; k < length; k += L) {
      ShortVector x = LongVector.fromArray(SPECIES, chunk, offset + k).reinterpretAsShorts();
      x.lanewise(VectorOperators.LSHL, 8)
          .lanewise(VectorOperators.ASHR, 8)
          .intoArray(even, SHORTS_OF_A_LONG * k);
      x.lanewise(VectorOperators.ASHR, 8).intoArray(odd, SHORTS_OF_A_LONG * k);
    }
  }

  private static void four(
      short[] even,
      short[] odd,
      CodeRows rows,
      int[] ordinals,
      int from,
      int first,
      int last,
      int[] out) {
    // behind the last row it is taken again, and its product written again
    int i1 = Math.min(first + 1, last);
    int i2 = Math.min(first + 2, last);
    int i3 = Math.min(first + 3, last);
    long[] t0 = rows.chunk(ordinals[from + first]);
    long[] t1 = rows.chunk(ordinals[from + i1]);
    long[] t2 = rows.chunk(ordinals[from + i2]);
    long[] t3 = rows.chunk(ordinals[from + i3]);
    int o0 = rows.offset(ordinals[from + first]);
    int o1 = rows.offset(ordinals[from + i1]);
    int o2 = rows.offset(ordinals[from + i2]);
    int o3 = rows.offset(ordinals[from + i3]);
    int length = rows.length();
    ShortVector middle = ShortVector.broadcast(SHORTS, (short) MIDDLE);
    IntVector a0 = IntVector.zero(INTS);
    IntVector a1 = a0;
    IntVector a2 = a0;
    IntVector a3 = a0;
    IntVector b0 = a0;
    IntVector b1 = a0;
    IntVector b2 = a0;
    IntVector b3 = a0;
    for (int k = 0; k < length; k += L) {
      ShortVector qe = ShortVector.fromArray(SHORTS, even, SHORTS_OF_A_LONG * k);
      ShortVector qo = ShortVector.fromArray(SHORTS, odd, SHORTS_OF_A_LONG * k);
      ShortVector x0 = LongVector.fromArray(SPECIES, t0, o0 + k).reinterpretAsShorts();
      ShortVector e0 = x0.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
      x0 = x0.lanewise(VectorOperators.ASHR, 8).mul(qo).add(e0.mul(qe)).add(middle);
      IntVector p0 = x0.reinterpretAsInts();
      a0 = a0.add(p0);
      b0 = b0.add(p0.lanewise(VectorOperators.LSHR, 16));
      ShortVector x1 = LongVector.fromArray(SPECIES, t1, o1 + k).reinterpretAsShorts();
      ShortVector e1 = x1.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
      x1 = x1.lanewise(VectorOperators.ASHR, 8).mul(qo).add(e1.mul(qe)).add(middle);
      IntVector p1 = x1.reinterpretAsInts();
      a1 = a1.add(p1);
      b1 = b1.add(p1.lanewise(VectorOperators.LSHR, 16));
      ShortVector x2 = LongVector.fromArray(SPECIES, t2, o2 + k).reinterpretAsShorts();
      ShortVector e2 = x2.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
      x2 = x2.lanewise(VectorOperators.ASHR, 8).mul(qo).add(e2.mul(qe)).add(middle);
      IntVector p2 = x2.reinterpretAsInts();
      a2 = a2.add(p2);
      b2 = b2.add(p2.lanewise(VectorOperators.LSHR, 16));
      ShortVector x3 = LongVector.fromArray(SPECIES, t3, o3 + k).reinterpretAsShorts();
      ShortVector e3 = x3.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
      x3 = x3.lanewise(VectorOperators.ASHR, 8).mul(qo).add(e3.mul(qe)).add(middle);
      IntVector p3 = x3.reinterpretAsInts();
      a3 = a3.add(p3);
      b3 = b3.add(p3.lanewise(VectorOperators.LSHR, 16));
    }
    // lower and upper halves; what runs over 32 bits on the way does not matter
    int offset = SHORTS_OF_A_LONG * length * MIDDLE;
    a0 = a0.sub(b0.lanewise(VectorOperators.LSHL, 16)).add(b0);
    out[first] = a0.reduceLanes(VectorOperators.ADD) - offset;
    a1 = a1.sub(b1.lanewise(VectorOperators.LSHL, 16)).add(b1);
    out[i1] = a1.reduceLanes(VectorOperators.ADD) - offset;
    a2 = a2.sub(b2.lanewise(VectorOperators.LSHL, 16)).add(b2);
    out[i2] = a2.reduceLanes(VectorOperators.ADD) - offset;
    a3 = a3.sub(b3.lanewise(VectorOperators.LSHL, 16)).add(b3);
    out[i3] = a3.reduceLanes(VectorOperators.ADD) - offset;
  }
}
