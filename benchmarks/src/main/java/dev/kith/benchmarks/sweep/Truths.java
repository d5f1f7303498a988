package dev.kith.benchmarks.sweep;

import dev.kith.BulkOptions;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Texmex;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The exact answers that a test set did not bring: computed with all cores and kept in a file. */
final class Truths {
  private Truths() {}

  /** Whether a set came with k answers per query, or with as many as there are vectors. */
  static boolean suffice(TestSet set, int k) {
    int[][] known = set.truth();
    return known != null && known[0].length >= Math.min(k, set.base().length);
  }

  /**
   * Where the answers of a set are kept. The sum over all bits in the name keeps another base or
   * other queries of the same name apart.
   */
  static Path file(Path folder, TestSet set, int k) {
    CRC32C sum = new CRC32C();
    add(sum, set.base());
    add(sum, set.queries());
    String name =
        String.format(
            Locale.ROOT,
            "truth-%s-%s-n%d-k%d-%08x.ivecs",
            set.name(),
            set.metric(),
            set.base().length,
            k,
            sum.getValue());
    return folder.resolve(name.replace('/', '_'));
  }

  static void compute(TestSet set, int k, Path file, PrintStream err) throws IOException {
    long rows = set.base().length;
    int[][] answers = new int[set.queries().length][];
    try (Progress progress = Progress.start("exact answers", rows, err)) {
      GroundTruth truth =
          GroundTruth.compute(
              set.source(),
              set.queries(),
              set.metric(),
              k,
              BulkOptions.defaults().progress((done, total) -> progress.to(done, "")));
      for (int query = 0; query < answers.length; query++) {
        long[] ids = truth.ids(query);
        answers[query] = new int[ids.length];
        for (int rank = 0; rank < ids.length; rank++) {
          answers[query][rank] = (int) ids[rank];
        }
      }
    }
    Texmex.writeIvecs(file, answers);
  }

  private static void add(CRC32C sum, float[][] rows) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * rows[0].length);
    for (float[] row : rows) {
      bytes.asFloatBuffer().put(row);
      sum.update(bytes.array());
    }
  }
}
