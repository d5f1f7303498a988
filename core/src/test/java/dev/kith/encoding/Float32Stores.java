package dev.kith.encoding;

import dev.kith.Metric;
import dev.kith.internal.simd.PaddedRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** The same vectors on the heap and as sections of a file. */
final class Float32Stores {
  private Float32Stores() {}

  static List<EncodedVectors> of(Arena arena, Metric metric, float[][] vectors) {
    int dimension = vectors[0].length;
    Float32Vectors heap = Float32Encoding.INSTANCE.newVectors(dimension, metric);
    heap.ensureCapacity(vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      heap.set(i, vectors[i]);
    }
    MemorySegment norms = MemorySegment.NULL;
    if (metric == Metric.COSINE) {
      norms = arena.allocate(8L * vectors.length);
      for (int i = 0; i < vectors.length; i++) {
        float[] padded = PaddedRows.padded(vectors[i]);
        norms.setAtIndex(
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
            i,
            Float32Encoding.inverseNorm(padded, 0, padded.length));
      }
    }
    MemorySegment rows = PaddedRows.segment(arena, vectors, 0);
    return List.of(heap, new MappedFloat32Vectors(dimension, metric, rows, norms));
  }

  /** A vector of some length, between almost nothing and almost too much. */
  static float[] vector(SplittableRandom random, int dimension) {
    float scale = Math.scalb(1f, random.nextInt(-40, 50));
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (random.nextDouble(-1, 1) * scale);
    }
    return vector;
  }
}
