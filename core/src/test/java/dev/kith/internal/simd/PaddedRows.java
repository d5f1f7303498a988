package dev.kith.internal.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Vectors in the shapes that kernels read. */
public final class PaddedRows {
  private PaddedRows() {}

  /** A vector with zeros behind it. */
  public static float[] padded(float[] vector) {
    return Arrays.copyOf(vector, FloatRows.padded(vector.length));
  }

  static FloatRows heap(float[][] vectors) {
    FloatRows rows = new FloatRows(vectors[0].length).withCapacity(vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      rows.set(i, vectors[i]);
    }
    return rows;
  }

  /** Native memory that starts at any address, as a section of a file could. */
  public static MemorySegment segment(Arena arena, float[][] vectors, int misalignment) {
    int stride = FloatRows.padded(vectors[0].length);
    long bytes = 4L * stride * vectors.length;
    MemorySegment segment = arena.allocate(bytes + misalignment, 64).asSlice(misalignment);
    for (int i = 0; i < vectors.length; i++) {
      MemorySegment.copy(
          vectors[i], 0, segment, MappedFloatRows.FLOAT, 4L * stride * i, vectors[i].length);
    }
    return segment;
  }

  static MappedFloatRows mapped(Arena arena, float[][] vectors, int misalignment) {
    return new MappedFloatRows(segment(arena, vectors, misalignment), vectors[0].length);
  }

  /** Queries as a tile wants them. */
  static float[] tile(float[][] queries) {
    int stride = FloatRows.padded(queries[0].length);
    float[] tile = new float[FloatRows.BASE + queries.length * stride];
    for (int i = 0; i < queries.length; i++) {
      System.arraycopy(queries[i], 0, tile, FloatRows.BASE + i * stride, queries[i].length);
    }
    return tile;
  }

  /** A vector with zeros behind it, somewhere in a larger array of other numbers. */
  static float[] padded(float[] vector, int offset) {
    float[] array = new float[offset + FloatRows.padded(vector.length) + 5];
    Arrays.fill(array, 7f);
    Arrays.fill(array, offset, offset + FloatRows.padded(vector.length), 0f);
    System.arraycopy(vector, 0, array, offset, vector.length);
    return array;
  }

  /** Ordinals in any order, some of them twice. */
  public static int[] ordinals(SplittableRandom random, int count, int rows) {
    return random.ints(count, 0, rows).toArray();
  }
}
