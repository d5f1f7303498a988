package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes serve as well for vectors far from the origin as for others. */
class OffCentreTest {
  private static final int DIMENSION = 48;
  private static final int ROWS = 2_000;
  private static final float[] NOWHERE = new float[DIMENSION];

  @TempDir private Path folder;

  private static float[][] moved(float[][] vectors, float[] by) {
    float[][] moved = new float[vectors.length][DIMENSION];
    for (int i = 0; i < moved.length; i++) {
      for (int d = 0; d < DIMENSION; d++) {
        moved[i][d] = vectors[i][d] + by[d];
      }
    }
    return moved;
  }

  private static float[] all(float value) {
    float[] offset = new float[DIMENSION];
    Arrays.fill(offset, value);
    return offset;
  }

  private static float[] one(float value) {
    float[] offset = new float[DIMENSION];
    offset[0] = value;
    return offset;
  }

  private static HnswConfig config(int rowBits, int codeBits, Metric metric) {
    return HnswConfig.builder(DIMENSION, metric).rowBits(rowBits).codeBits(codeBits).build();
  }

  private static double recall(HnswConfig config, float[] offset) {
    float[][] rows = moved(TestVectors.clustered(ROWS, DIMENSION, 40, 1), offset);
    float[][] queries = TestVectors.near(rows, 100, 0.05f, 2);
    try (MutableVectorIndex index = ReliabilityRig.holding(config, VectorSource.of(rows))) {
      return ReliabilityRig.recall(index, queries, 100);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "4, 0", "0, 1", "0, 2"})
  void recallDoesNotDependOnWhereTheOriginIs(int rowBits, int codeBits) {
    HnswConfig config = config(rowBits, codeBits, Metric.L2);
    double atOrigin = recall(config, NOWHERE);
    assertThat(recall(config, all(100))).isGreaterThan(atOrigin - 0.02);
    assertThat(recall(config, one(300))).isGreaterThan(atOrigin - 0.02);
  }

  @Test
  void aDominatingComponentDoesNotSpoilCosine() {
    HnswConfig plain = config(0, 0, Metric.COSINE);
    HnswConfig coded = config(0, 1, Metric.COSINE);
    assertThat(recall(coded, one(30))).isGreaterThan(recall(plain, one(30)) - 0.03);
  }

  /** Half of the vectors lie on one side of the origin, and the order is not that of distances. */
  @ParameterizedTest
  @CsvSource({"8, 0", "4, 0", "0, 1"})
  void innerProductsOfVectorsOnOneSideAreInTheRightOrder(int rowBits, int codeBits) {
    HnswConfig plain = config(0, 0, Metric.INNER_PRODUCT);
    HnswConfig coded = config(rowBits, codeBits, Metric.INNER_PRODUCT);
    assertThat(recall(coded, all(2))).isGreaterThan(recall(plain, all(2)) - 0.05);
  }

  @Test
  void theCentreIsSaved() throws IOException {
    float[][] rows = moved(TestVectors.clustered(ROWS, DIMENSION, 40, 3), all(100));
    float[][] queries = TestVectors.near(rows, 100, 0.05f, 4);
    try (MutableVectorIndex index = HnswIndex.create(config(0, 1, Metric.L2))) {
      index.add(0, rows[0]); // the centre
      for (int i = 1; i < 500; i++) {
        index.add(i, rows[i]);
      }
      index.save(folder.resolve("index"));
      try (VectorIndex opened = VectorIndexes.open(folder.resolve("index"))) {
        for (float[] query : queries) {
          SearchRequest request = SearchRequest.of(query, 10).params(new HnswSearchParams(20));
          assertThat(opened.search(request).ids()).isEqualTo(index.search(request).ids());
        }
      }
    }
  }
}
