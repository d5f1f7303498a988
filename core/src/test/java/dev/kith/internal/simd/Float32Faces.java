package dev.kith.internal.simd;

import dev.kith.Metric;
import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.MappedFloat32Vectors;
import dev.kith.encoding.QueryScorer;
import dev.kith.encoding.TileScorer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** All ways to a distance of float32 vectors, on the heap and mapped, of one set of vectors. */
final class Float32Faces implements AutoCloseable {
  private static final int ROWS = 11;
  private static final int QUERIES = 5;

  private final Arena arena = Arena.ofShared();
  private final Metric metric;
  private final String what;
  private final float[][] vectors;
  private final float[][] queries;
  private final int[] ordinals;
  private final EncodedVectors[] stores;

  Float32Faces(SplittableRandom random, int dimension, Metric metric) {
    FloatKind kind = metric == Metric.COSINE ? FloatKind.UNIT : FloatKind.any(random);
    this.metric = metric;
    this.what = metric + " " + kind + " of dimension " + dimension;
    this.vectors = kind.vectors(random, ROWS, dimension);
    this.queries = kind.vectors(random, QUERIES, dimension);
    this.ordinals = PaddedRows.ordinals(random, 3 + random.nextInt(1, 10), ROWS);
    this.stores = new EncodedVectors[] {heap(), mapped(random.nextInt(9))};
  }

  private EncodedVectors heap() {
    GrowableVectors heap = Float32Encoding.INSTANCE.newVectors(vectors[0].length, metric);
    for (int i = 0; i < ROWS; i++) {
      heap.ensureCapacity(i + 1);
      heap.set(i, vectors[i]);
    }
    return heap;
  }

  private EncodedVectors mapped(int misalignment) {
    MemorySegment rows = PaddedRows.segment(arena, vectors, misalignment);
    MemorySegment norms = MemorySegment.NULL;
    if (metric == Metric.COSINE) {
      norms = arena.allocate(8L * ROWS + misalignment).asSlice(misalignment);
      for (int i = 0; i < ROWS; i++) {
        double inverse = 1 / Math.sqrt(Operation.DOT.oracle(vectors[i], vectors[i]));
        norms.setAtIndex(
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i, inverse);
      }
    }
    return new MappedFloat32Vectors(vectors[0].length, metric, rows, norms);
  }

  void check() {
    for (EncodedVectors store : stores) {
      QueryScorer scorer = store.scorer();
      float[] out = new float[ordinals.length];
      for (int count = ordinals.length; count >= 0; count--) {
        scorer.query(queries[0]);
        scorer.scan(ordinals, count, out);
        compare("scan of " + count, store, queries[0], 0, out, 0);
      }
      for (int from = 0; from < 3; from++) {
        scorer.query(queries[from]);
        scorer.score(ordinals, from, ordinals.length - from, out);
        compare("query", store, queries[from], from, out, 0);
        scorer.row(from);
        scorer.score(ordinals, from, ordinals.length - from, out);
        compare("row", store, vectors[from], from, out, 0);
      }
      TileScorer tiles = store.tiles(QUERIES);
      float[] tile = new float[QUERIES * ordinals.length];
      for (int count = QUERIES; count > 0; count--) {
        for (int q = 0; q < count; q++) {
          tiles.query(q, queries[q]);
        }
        tiles.score(count, ordinals, ordinals.length, tile);
        for (int q = 0; q < count; q++) {
          compare("tile", store, queries[q], 0, tile, q * ordinals.length);
        }
      }
    }
  }

  private void compare(
      String face, EncodedVectors store, float[] query, int from, float[] out, int at) {
    for (int i = from; i < ordinals.length; i++) {
      S0_SameBitsTest.assertSameBits(
          face + " of " + store.getClass().getSimpleName() + ", " + what,
          out[at + i - from],
          Operation.distance(metric, query, vectors[ordinals[i]]));
    }
  }

  /** Digests the distances of all faces. */
  void digest(Digest digest) {
    for (EncodedVectors store : stores) {
      QueryScorer scorer = store.scorer();
      TileScorer tiles = store.tiles(QUERIES);
      float[] out = new float[ordinals.length];
      for (int q = 0; q < QUERIES; q++) {
        tiles.query(q, queries[q]);
        scorer.query(queries[q]);
        scorer.score(ordinals, 0, ordinals.length, out);
        digest.floats(out, ordinals.length);
        scorer.scan(ordinals, ordinals.length - q, out);
        digest.floats(out, ordinals.length - q);
        scorer.row(q);
        scorer.score(ordinals, 0, ordinals.length, out);
        digest.floats(out, ordinals.length);
      }
      float[] tile = new float[QUERIES * ordinals.length];
      tiles.score(QUERIES, ordinals, ordinals.length, tile);
      digest.floats(tile, tile.length);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
