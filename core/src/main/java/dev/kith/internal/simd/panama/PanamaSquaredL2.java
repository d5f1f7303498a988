package dev.kith.internal.simd.panama;

import static dev.kith.internal.simd.panama.Lanes.L;
import static dev.kith.internal.simd.panama.Lanes.PARTS;
import static dev.kith.internal.simd.panama.Lanes.load;
import static dev.kith.internal.simd.panama.Lanes.tree;
import static dev.kith.internal.simd.panama.Lanes.zero;

import dev.kith.internal.simd.FloatKernel;
import dev.kith.internal.simd.FloatRows;
import jdk.incubator.vector.FloatVector;

/**
 * Squared Euclidean distances of heap rows. The twin of {@link PanamaDot}: same shape, another
 * step.
 */
final class PanamaSquaredL2 implements FloatKernel {
  private static FloatVector step(FloatVector a, FloatVector b, FloatVector sum) {
    FloatVector difference = a.sub(b);
    return difference.fma(difference, sum);
  }

  @Override
  public float pair(float[] a, int ao, float[] b, int bo, int length) {
    FloatVector s0 = zero();
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      s0 = step(load(a, ao + i), load(b, bo + i), s0);
      if (PARTS >= 2) {
        s1 = step(load(a, ao + i + L), load(b, bo + i + L), s1);
      }
      if (PARTS == 4) {
        s2 = step(load(a, ao + i + 2 * L), load(b, bo + i + 2 * L), s2);
        s3 = step(load(a, ao + i + 3 * L), load(b, bo + i + 3 * L), s3);
      }
    }
    return tree(s0, s1, s2, s3);
  }

  @Override
  public void rows(
      float[] query, FloatRows rows, int[] ordinals, int from, int count, float[] out) {
    int length = rows.stride();
    int i = 0;
    if (PARTS == 1) {
      for (; i + 4 <= count; i += 4) {
        four(query, length, rows, ordinals, from + i, out, i);
      }
    }
    for (; i < count; i++) {
      int row = ordinals[from + i];
      out[i] = pair(query, 0, rows.chunk(row), rows.offset(row), length);
    }
  }

  /** Four rows together: their cache misses overlap, and the query is loaded once. */
  private static void four(
      float[] query, int length, FloatRows rows, int[] ordinals, int at, float[] out, int o) {
    float[] t0 = rows.chunk(ordinals[at]);
    float[] t1 = rows.chunk(ordinals[at + 1]);
    float[] t2 = rows.chunk(ordinals[at + 2]);
    float[] t3 = rows.chunk(ordinals[at + 3]);
    int o0 = rows.offset(ordinals[at]);
    int o1 = rows.offset(ordinals[at + 1]);
    int o2 = rows.offset(ordinals[at + 2]);
    int o3 = rows.offset(ordinals[at + 3]);
    FloatVector s0 = zero();
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      FloatVector q = load(query, i);
      s0 = step(q, load(t0, o0 + i), s0);
      s1 = step(q, load(t1, o1 + i), s1);
      s2 = step(q, load(t2, o2 + i), s2);
      s3 = step(q, load(t3, o3 + i), s3);
    }
    out[o] = tree(s0);
    out[o + 1] = tree(s1);
    out[o + 2] = tree(s2);
    out[o + 3] = tree(s3);
  }

  @Override
  public void scan(float[] query, FloatRows rows, int[] ordinals, int count, float[] out) {
    if (PARTS > 1) {
      rows(query, rows, ordinals, 0, count, out);
      return;
    }
    int length = rows.stride();
    int half = count >> 1;
    for (int r = 0; r < half; r++) {
      int a = ordinals[r];
      int b = ordinals[r + half];
      two(
          query,
          rows.chunk(a),
          rows.offset(a),
          rows.chunk(b),
          rows.offset(b),
          length,
          out,
          r,
          half);
    }
    if ((count & 1) != 0) {
      int last = ordinals[count - 1];
      out[count - 1] = pair(query, 0, rows.chunk(last), rows.offset(last), length);
    }
  }

  /** Two rows together, from two streams that the hardware follows. */
  private static void two(
      float[] query,
      float[] t0,
      int o0,
      float[] t1,
      int o1,
      int length,
      float[] out,
      int r,
      int half) {
    FloatVector s0 = zero();
    FloatVector s1 = s0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      FloatVector q = load(query, i);
      FloatVector difference = q.sub(load(t0, o0 + i));
      s0 = difference.fma(difference, s0);
      difference = q.sub(load(t1, o1 + i));
      s1 = difference.fma(difference, s1);
    }
    out[r] = tree(s0);
    out[r + half] = tree(s1);
  }

  @Override
  public void tile(
      float[] queries, int queryCount, FloatRows rows, int[] ordinals, int count, float[] out) {
    int stride = rows.stride();
    float[] lanes = new float[Tile.FLOATS];
    float[] query = new float[stride];
    int wholeRows = PARTS == 1 ? count & -Tile.ROWS : 0;
    for (int r = 0; r < wholeRows; r += Tile.ROWS) {
      int q = 0;
      for (; q + Tile.QUERIES <= queryCount; q += Tile.QUERIES) {
        twelve(queries, FloatRows.BASE + q * stride, rows, ordinals, r, lanes);
        Tile.reduce(lanes, out, q * count + r, count);
      }
      for (; q < queryCount; q++) {
        System.arraycopy(queries, FloatRows.BASE + q * stride, query, 0, stride);
        four(query, stride, rows, ordinals, r, out, q * count + r);
      }
    }
    for (int r = wholeRows; r < count; r++) {
      float[] chunk = rows.chunk(ordinals[r]);
      int offset = rows.offset(ordinals[r]);
      for (int q = 0; q < queryCount; q++) {
        int at = FloatRows.BASE + q * stride;
        out[q * count + r] = pair(queries, at, chunk, offset, stride);
      }
    }
  }

  /** Three queries against four rows: twelve accumulators, seven loads a step. */
  private static void twelve(
      float[] queries, int q0, FloatRows rows, int[] ordinals, int at, float[] lanes) {
    int length = rows.stride();
    float[] t0 = rows.chunk(ordinals[at]);
    float[] t1 = rows.chunk(ordinals[at + 1]);
    float[] t2 = rows.chunk(ordinals[at + 2]);
    float[] t3 = rows.chunk(ordinals[at + 3]);
    int o0 = rows.offset(ordinals[at]);
    int o1 = rows.offset(ordinals[at + 1]);
    int o2 = rows.offset(ordinals[at + 2]);
    int o3 = rows.offset(ordinals[at + 3]);
    int q1 = q0 + length;
    int q2 = q1 + length;
    FloatVector a0 = zero(), a1 = a0, a2 = a0, a3 = a0;
    FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    FloatVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
    for (int i = 0; i < length; i += FloatRows.LANES) {
      FloatVector r0 = load(t0, o0 + i);
      FloatVector r1 = load(t1, o1 + i);
      FloatVector r2 = load(t2, o2 + i);
      FloatVector r3 = load(t3, o3 + i);
      FloatVector q = load(queries, q0 + i);
      FloatVector e = q.sub(r0);
      a0 = e.fma(e, a0);
      e = q.sub(r1);
      a1 = e.fma(e, a1);
      e = q.sub(r2);
      a2 = e.fma(e, a2);
      e = q.sub(r3);
      a3 = e.fma(e, a3);
      q = load(queries, q1 + i);
      e = q.sub(r0);
      b0 = e.fma(e, b0);
      e = q.sub(r1);
      b1 = e.fma(e, b1);
      e = q.sub(r2);
      b2 = e.fma(e, b2);
      e = q.sub(r3);
      b3 = e.fma(e, b3);
      q = load(queries, q2 + i);
      e = q.sub(r0);
      c0 = e.fma(e, c0);
      e = q.sub(r1);
      c1 = e.fma(e, c1);
      e = q.sub(r2);
      c2 = e.fma(e, c2);
      e = q.sub(r3);
      c3 = e.fma(e, c3);
    }
    Tile.store(lanes, 0, a0, a1, a2, a3);
    Tile.store(lanes, 4, b0, b1, b2, b3);
    Tile.store(lanes, 8, c0, c1, c2, c3);
  }
}
