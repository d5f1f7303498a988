package dev.kith.internal.simd.panama;

import dev.kith.internal.simd.CodeRows;
import dev.kith.internal.simd.PlaneKernel;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weighted counts of four rows together, so that their cache misses overlap and the query is loaded
 * once; four planes of the query in one pass over the rows, and what is left over one by one.
 *
 * <p>Each pass is written out in full. It makes so many nodes that C2 no longer inlines methods of
 * ours in it (NodeCountInliningCutoff), only those of the Vector API, and every vector that crossed
 * a call would be boxed.
 */
final class PanamaPlanes implements PlaneKernel {
  private static final VectorSpecies<Long> SPECIES = Words.SPECIES;
  private static final int L = SPECIES.length();
  private static final int ROWS = 4;
  private static final int PLANES = 4;

  @Override
  public void rows(
      long[] planes,
      int planeCount,
      long[] shifts,
      CodeRows rows,
      int[] ordinals,
      int from,
      int count,
      long[] out) {
    for (int i = 0; i < count; i += ROWS) {
      int plane = 0;
      for (; plane + PLANES <= planeCount; plane += PLANES) {
        four(planes, plane, shifts, rows, ordinals, from, i, count - 1, out);
      }
      for (; plane < planeCount; plane++) {
        one(planes, plane, shifts, rows, ordinals, from, i, count - 1, out);
      }
    }
  }

  /** A pass with four planes: the differences are doubled from each to the next lower one. */
  private static void four(
      long[] planes,
      int plane,
      long[] shifts,
      CodeRows rows,
      int[] ordinals,
      int from,
      int first,
      int last,
      long[] out) {
    // behind the last row it is taken again, and its sum written again
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
    int p0 = plane * length;
    int p1 = p0 + length;
    int p2 = p1 + length;
    int p3 = p2 + length;
    LongVector s0 = LongVector.zero(SPECIES);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    for (int k = 0; k < length; k += L) {
      LongVector q0 = LongVector.fromArray(SPECIES, planes, p0 + k);
      LongVector q1 = LongVector.fromArray(SPECIES, planes, p1 + k);
      LongVector q2 = LongVector.fromArray(SPECIES, planes, p2 + k);
      LongVector q3 = LongVector.fromArray(SPECIES, planes, p3 + k);
      LongVector shift = LongVector.fromArray(SPECIES, shifts, k);
      LongVector c0 = LongVector.fromArray(SPECIES, t0, o0 + k);
      LongVector d0 = c0.lanewise(VectorOperators.XOR, q3).lanewise(VectorOperators.BIT_COUNT);
      d0 = d0.add(d0).add(c0.lanewise(VectorOperators.XOR, q2).lanewise(VectorOperators.BIT_COUNT));
      d0 = d0.add(d0).add(c0.lanewise(VectorOperators.XOR, q1).lanewise(VectorOperators.BIT_COUNT));
      d0 = d0.add(d0).add(c0.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT));
      s0 = s0.add(d0.lanewise(VectorOperators.LSHL, shift));
      LongVector c1 = LongVector.fromArray(SPECIES, t1, o1 + k);
      LongVector d1 = c1.lanewise(VectorOperators.XOR, q3).lanewise(VectorOperators.BIT_COUNT);
      d1 = d1.add(d1).add(c1.lanewise(VectorOperators.XOR, q2).lanewise(VectorOperators.BIT_COUNT));
      d1 = d1.add(d1).add(c1.lanewise(VectorOperators.XOR, q1).lanewise(VectorOperators.BIT_COUNT));
      d1 = d1.add(d1).add(c1.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT));
      s1 = s1.add(d1.lanewise(VectorOperators.LSHL, shift));
      LongVector c2 = LongVector.fromArray(SPECIES, t2, o2 + k);
      LongVector d2 = c2.lanewise(VectorOperators.XOR, q3).lanewise(VectorOperators.BIT_COUNT);
      d2 = d2.add(d2).add(c2.lanewise(VectorOperators.XOR, q2).lanewise(VectorOperators.BIT_COUNT));
      d2 = d2.add(d2).add(c2.lanewise(VectorOperators.XOR, q1).lanewise(VectorOperators.BIT_COUNT));
      d2 = d2.add(d2).add(c2.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT));
      s2 = s2.add(d2.lanewise(VectorOperators.LSHL, shift));
      LongVector c3 = LongVector.fromArray(SPECIES, t3, o3 + k);
      LongVector d3 = c3.lanewise(VectorOperators.XOR, q3).lanewise(VectorOperators.BIT_COUNT);
      d3 = d3.add(d3).add(c3.lanewise(VectorOperators.XOR, q2).lanewise(VectorOperators.BIT_COUNT));
      d3 = d3.add(d3).add(c3.lanewise(VectorOperators.XOR, q1).lanewise(VectorOperators.BIT_COUNT));
      d3 = d3.add(d3).add(c3.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT));
      s3 = s3.add(d3.lanewise(VectorOperators.LSHL, shift));
    }
    boolean fresh = plane == 0;
    long b0 = fresh ? 0 : out[first];
    long b1 = fresh ? 0 : out[i1];
    long b2 = fresh ? 0 : out[i2];
    long b3 = fresh ? 0 : out[i3];
    out[first] = b0 + (s0.reduceLanes(VectorOperators.ADD) << plane);
    out[i1] = b1 + (s1.reduceLanes(VectorOperators.ADD) << plane);
    out[i2] = b2 + (s2.reduceLanes(VectorOperators.ADD) << plane);
    out[i3] = b3 + (s3.reduceLanes(VectorOperators.ADD) << plane);
  }

  /** A pass with one plane. */
  private static void one(
      long[] planes,
      int plane,
      long[] shifts,
      CodeRows rows,
      int[] ordinals,
      int from,
      int first,
      int last,
      long[] out) {
    // behind the last row it is taken again, and its sum written again
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
    int p0 = plane * length;
    LongVector s0 = LongVector.zero(SPECIES);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    for (int k = 0; k < length; k += L) {
      LongVector q0 = LongVector.fromArray(SPECIES, planes, p0 + k);
      LongVector shift = LongVector.fromArray(SPECIES, shifts, k);
      LongVector c0 = LongVector.fromArray(SPECIES, t0, o0 + k);
      LongVector d0 = c0.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT);
      s0 = s0.add(d0.lanewise(VectorOperators.LSHL, shift));
      LongVector c1 = LongVector.fromArray(SPECIES, t1, o1 + k);
      LongVector d1 = c1.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT);
      s1 = s1.add(d1.lanewise(VectorOperators.LSHL, shift));
      LongVector c2 = LongVector.fromArray(SPECIES, t2, o2 + k);
      LongVector d2 = c2.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT);
      s2 = s2.add(d2.lanewise(VectorOperators.LSHL, shift));
      LongVector c3 = LongVector.fromArray(SPECIES, t3, o3 + k);
      LongVector d3 = c3.lanewise(VectorOperators.XOR, q0).lanewise(VectorOperators.BIT_COUNT);
      s3 = s3.add(d3.lanewise(VectorOperators.LSHL, shift));
    }
    boolean fresh = plane == 0;
    long b0 = fresh ? 0 : out[first];
    long b1 = fresh ? 0 : out[i1];
    long b2 = fresh ? 0 : out[i2];
    long b3 = fresh ? 0 : out[i3];
    out[first] = b0 + (s0.reduceLanes(VectorOperators.ADD) << plane);
    out[i1] = b1 + (s1.reduceLanes(VectorOperators.ADD) << plane);
    out[i2] = b2 + (s2.reduceLanes(VectorOperators.ADD) << plane);
    out[i3] = b3 + (s3.reduceLanes(VectorOperators.ADD) << plane);
  }
}
