package dev.kith.internal.simd;

import dev.kith.Metric;
import dev.kith.encoding.BoundScorer;
import dev.kith.encoding.Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.Int8Encoding;
import dev.kith.encoding.QueryScorer;
import dev.kith.encoding.RaBitQEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All ways to a distance of encoded vectors. */
final class CodedFaces {
  private static final int ROWS = 11;

  private CodedFaces() {}

  private static List<Encoding> encodings() {
    List<Encoding> all = new ArrayList<>(List.of(Int8Encoding.INSTANCE));
    for (int bits = 1; bits <= 8; bits++) {
      all.add(new RaBitQEncoding(bits));
    }
    return all;
  }

  static void digest(SplittableRandom random, int dimension, Metric metric, Digest digest) {
    FloatKind kind = metric == Metric.COSINE ? FloatKind.UNIT : FloatKind.any(random);
    float[][] vectors = kind.vectors(random, ROWS, dimension);
    float[] query = kind.vector(random, dimension);
    for (Encoding encoding : encodings()) {
      GrowableVectors rows = encoding.newVectors(dimension, metric);
      rows.ensureCapacity(ROWS);
      for (int i = 0; i < ROWS; i++) {
        rows.set(i, vectors[i]);
      }
      int[] ordinals = PaddedRows.ordinals(random, ROWS, ROWS);
      float[] out = new float[ROWS];
      QueryScorer scorer = rows.scorer();
      scorer.query(query);
      scorer.score(ordinals, 1, ROWS - 1, out);
      digest.floats(out, ROWS - 1);
      scorer.row(2);
      scorer.score(ordinals, 0, ROWS, out);
      digest.floats(out, ROWS);
      if (scorer instanceof BoundScorer bounds) {
        bounds.score(ordinals, 0, ROWS, new float[ROWS], out);
        digest.floats(out, ROWS);
      }
      float[] decoded = new float[dimension];
      rows.decode(5, decoded);
      digest.floats(decoded, dimension);
    }
  }
}
