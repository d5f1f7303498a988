package dev.kith.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The exact answers that come with public data sets are reproduced. Runs when the system property
 * {@code kith.data} names a folder that holds them; skipped otherwise.
 */
class RealDataTest {
  private static final int QUERIES = 200;
  private static final int K = 100;

  @Test
  void euclideanAnswersAreReproduced() throws IOException {
    Path folder = folder("fashion-mnist-784-euclidean");
    PackedVectors base = Texmex.readBvecs(folder.resolve("base.bvecs"));
    float[][] queries = Texmex.readBvecs(folder.resolve("query.bvecs"), QUERIES).toArrays();

    assertThat(base.size()).isEqualTo(60_000);
    assertThat(base.dimension()).isEqualTo(784);
    assertReproduced(folder, base, queries, Metric.L2);
  }

  @Test
  void angularAnswersAreReproduced() throws IOException {
    Path folder = folder("minilm-384-angular");
    PackedVectors base = Texmex.readFvecs(folder.resolve("base.fvecs"));
    float[][] queries = Texmex.readFvecs(folder.resolve("query.fvecs"), QUERIES).toArrays();

    assertThat(base.size()).isEqualTo(59_904);
    assertThat(base.dimension()).isEqualTo(384);
    assertReproduced(folder, base, queries, Metric.COSINE);
  }

  private static void assertReproduced(
      Path folder, PackedVectors base, float[][] queries, Metric metric) throws IOException {
    int[][] shipped = Texmex.readIvecs(folder.resolve("groundtruth.ivecs"), QUERIES);

    GroundTruth truth = GroundTruth.compute(base, queries, metric, K, BulkOptions.defaults());

    int swapped = 0;
    float[] row = new float[base.dimension()];
    for (int query = 0; query < QUERIES; query++) {
      long[] ids = truth.ids(query);
      assertThat(ids).hasSize(K);
      for (int rank = 0; rank < K; rank++) {
        if (ids[rank] == shipped[query][rank]) {
          continue;
        }
        // Rounding to float32 may swap vectors that are as good as equally far away.
        swapped++;
        base.copy((int) ids[rank], row);
        double found = BruteForce.distance(metric, queries[query], row);
        base.copy(shipped[query][rank], row);
        double expected = BruteForce.distance(metric, queries[query], row);
        assertThat(found)
            .as("query %d, rank %d", query, rank)
            .isCloseTo(expected, within(1e-6 * Math.max(1, expected)));
      }
    }
    assertThat(swapped).isLessThan(QUERIES * K / 1_000);
  }

  private static Path folder(String name) {
    String data = System.getProperty("kith.data", "");
    assumeTrue(!data.isEmpty(), "the system property kith.data is not set");
    Path folder = Path.of(data).resolve(name);
    assumeTrue(Files.isDirectory(folder), "no data set " + name + " there");
    return folder;
  }
}
