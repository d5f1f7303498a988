package dev.kith.internal.simd.panama;

import static dev.kith.internal.simd.panama.Lanes.L;
import static dev.kith.internal.simd.panama.Lanes.PARTS;
import static dev.kith.internal.simd.panama.Lanes.SPECIES;
import static dev.kith.internal.simd.panama.Lanes.tree;
import static dev.kith.internal.simd.panama.Lanes.zero;

import dev.kith.internal.simd.FloatRows;
import dev.kith.internal.simd.MappedFloatKernel;
import dev.kith.internal.simd.MappedFloatRows;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** Inner products of rows in a mapped file; the twin of {@link PanamaDot}. */
final class PanamaMappedDot implements MappedFloatKernel {
  private static FloatVector load(MemorySegment segment, long offset) {
    return FloatVector.fromMemorySegment(SPECIES, segment, offset, ByteOrder.LITTLE_ENDIAN);
  }

  private static FloatVector step(FloatVector a, FloatVector b, FloatVector sum) {
    return a.fma(b, sum);
  }

  @Override
  public void rows(
      float[] query, MappedFloatRows rows, int[] ordinals, int from, int count, float[] out) {
    MemorySegment segment = rows.segment();
    int length = rows.stride();
    int i = 0;
    if (PARTS == 1) {
      for (; i + 4 <= count; i += 4) {
        four(query, length, rows, ordinals, from + i, out, i);
      }
    }
    for (; i < count; i++) {
      out[i] = one(query, length, segment, rows.offset(ordinals[from + i]));
    }
  }

  private static float one(float[] query, int length, MemorySegment segment, long offset) {
    FloatVector s0 = zero();
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      long at = offset + (long) i * Float.BYTES;
      s0 = step(Lanes.load(query, i), load(segment, at), s0);
      if (PARTS >= 2) {
        s1 = step(Lanes.load(query, i + L), load(segment, at + L * 4L), s1);
      }
      if (PARTS == 4) {
        s2 = step(Lanes.load(query, i + 2 * L), load(segment, at + L * 8L), s2);
        s3 = step(Lanes.load(query, i + 3 * L), load(segment, at + L * 12L), s3);
      }
    }
    return tree(s0, s1, s2, s3);
  }

  private static void four(
      float[] query, int length, MappedFloatRows rows, int[] ordinals, int at, float[] out, int o) {
    MemorySegment segment = rows.segment();
    long o0 = rows.offset(ordinals[at]);
    long o1 = rows.offset(ordinals[at + 1]);
    long o2 = rows.offset(ordinals[at + 2]);
    long o3 = rows.offset(ordinals[at + 3]);
    FloatVector s0 = zero();
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      FloatVector q = Lanes.load(query, i);
      long b = (long) i * Float.BYTES;
      s0 = step(q, load(segment, o0 + b), s0);
      s1 = step(q, load(segment, o1 + b), s1);
      s2 = step(q, load(segment, o2 + b), s2);
      s3 = step(q, load(segment, o3 + b), s3);
    }
    out[o] = tree(s0);
    out[o + 1] = tree(s1);
    out[o + 2] = tree(s2);
    out[o + 3] = tree(s3);
  }
}
