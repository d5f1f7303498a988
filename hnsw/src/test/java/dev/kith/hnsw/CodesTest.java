package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.BulkProgress;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches on codes of neighbours: that they are, and that changes and files keep up with them. */
class CodesTest {
  private static final String ON_CODES = "graph, codes of neighbours";
  private static final int DIMENSION = 48;

  @TempDir private Path folder;

  private static HnswConfig config(Metric metric) {
    return config(metric, 1);
  }

  private static HnswConfig config(Metric metric, int codeBits) {
    return HnswConfig.builder(DIMENSION, metric).codeBits(codeBits).build();
  }

  private static List<Hits> search(VectorIndex index, float[][] queries, int efSearch) {
    return ReliabilityRig.search(index, ReliabilityRig.requests(queries, 10, efSearch, null));
  }

  private static String strategy(VectorIndex index, float[] query) {
    return index.search(SearchRequest.of(query, 10)).stats().strategy();
  }

  private static void assertSameAnswers(List<Hits> expected, List<Hits> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).ids()).isEqualTo(expected.get(i).ids());
      assertThat(actual.get(i).distances()).isEqualTo(expected.get(i).distances());
    }
  }

  @ParameterizedTest
  @EnumSource
  void recallIsThatOfFullVectorsWithAWiderBeam(Metric metric) {
    ClusteredVectors data = ClusteredVectors.of(10_000, DIMENSION, 1);
    float[][] queries = data.queries(300);
    try (MutableVectorIndex coded = ReliabilityRig.holding(config(metric), data);
        MutableVectorIndex plain =
            ReliabilityRig.holding(HnswConfig.builder(DIMENSION, metric).build(), data)) {
      assertThat(strategy(coded, queries[0])).isEqualTo(ON_CODES);
      double withCodes = ReliabilityRig.recall(coded, queries, 250);
      double without = ReliabilityRig.recall(plain, queries, 64);
      assertThat(withCodes).isGreaterThan(0.9).isGreaterThanOrEqualTo(without - 0.01);
    }
  }

  @Test
  void aSecondBitFindsMoreWithTheSameBeam() {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 7);
    float[][] queries = data.queries(200);
    double[] recall = new double[3];
    for (int bits = 1; bits <= 2; bits++) {
      try (MutableVectorIndex coded = ReliabilityRig.holding(config(Metric.L2, bits), data)) {
        assertThat(strategy(coded, queries[0])).isEqualTo(ON_CODES);
        recall[bits] = ReliabilityRig.recall(coded, queries, 40);
      }
    }
    assertThat(recall[2]).isGreaterThan(recall[1] + 0.01).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @CsvSource({"L2, 1", "INNER_PRODUCT, 1", "COSINE, 1", "L2, 2"})
  void whatIsReopenedAnswersTheSame(Metric metric, int codeBits) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 2);
    float[][] queries = data.queries(100);
    Path directory = folder.resolve("index");
    List<Hits> expected;
    try (MutableVectorIndex index = ReliabilityRig.holding(config(metric, codeBits), data)) {
      expected = search(index, queries, 40);
      index.save(directory);
    }
    for (OpenMode mode : OpenMode.values()) {
      try (VectorIndex index = VectorIndexes.open(directory, new OpenOptions(mode, false))) {
        assertThat(index.spec().text()).isEqualTo("HNSW16,codes=" + codeBits);
        if (mode == OpenMode.HEAP) {
          assertSameAnswers(expected, search(index, queries, 40));
        } else {
          assertThat(strategy(index, queries[0])).as("mapped").isEqualTo("graph");
        }
      }
    }
    try (MutableVectorIndex index = VectorIndexes.openForWriting(directory)) {
      assertSameAnswers(expected, search(index, queries, 40));
      assertThat(strategy(index, queries[0])).isEqualTo(ON_CODES);
    }
    assertThat(VectorIndexes.check(directory).problems()).isEmpty();
  }

  @Test
  void anyNumberOfThreadsGivesTheSameAnswers() {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 3);
    float[][] queries = data.queries(100);
    List<List<Hits>> answers = new ArrayList<>();
    for (int threads : new int[] {1, 2, 8}) {
      try (MutableVectorIndex index = HnswIndex.create(config(Metric.L2))) {
        index.addAll(data, BulkOptions.defaults().threads(threads));
        answers.add(search(index, queries, 40));
      }
    }
    assertSameAnswers(answers.get(0), answers.get(1));
    assertSameAnswers(answers.get(0), answers.get(2));
  }

  /** After any change the codes are those that would be made from scratch. */
  @Test
  void codesKeepUpWithChanges(@Seed long seed) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(4_000, DIMENSION, seed);
    float[][] queries = data.queries(50);
    Random random = new Random(seed);
    float[] vector = new float[DIMENSION];
    try (MutableVectorIndex index = HnswIndex.create(config(Metric.L2))) {
      float[][] first = new float[1_000][DIMENSION];
      for (int i = 0; i < first.length; i++) {
        data.copy(i, first[i]);
      }
      index.addAll(VectorSource.of(first), BulkOptions.defaults().threads(2));
      for (int step = 0; step < 5; step++) {
        for (int i = 0; i < 200; i++) {
          data.copy(random.nextInt(4_000), vector);
          long id = random.nextInt(1_200);
          if (random.nextInt(3) == 0) {
            index.remove(id);
          } else {
            index.add(id, vector);
            SearchRequest itself = SearchRequest.of(vector, 1);
            assertThat(index.search(itself).distance(0)).isZero();
          }
        }
        index.compact();
        List<Hits> expected = search(index, queries, 30);
        Path directory = folder.resolve("step" + step);
        index.save(directory);
        try (VectorIndex fresh = VectorIndexes.open(directory)) {
          assertSameAnswers(expected, search(fresh, queries, 30));
        }
      }
    }
  }

  @Test
  void whileManyAreAddedSearchesDoWithoutCodes() {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 5);
    float[] query = data.queries(1)[0];
    List<String> strategies = new ArrayList<>();
    try (MutableVectorIndex index = HnswIndex.create(config(Metric.L2))) {
      index.addAll(data, BulkOptions.defaults().threads(1));
      float[][] more = new float[500][DIMENSION];
      long[] ids = new long[more.length];
      Arrays.setAll(ids, i -> 10_000 + i);
      for (float[] row : more) {
        data.copy(1, row);
        row[0] += 1;
      }
      BulkProgress progress = (done, total) -> strategies.add(strategy(index, query));
      index.addAll(
          VectorSource.of(ids, more), BulkOptions.defaults().threads(1).progress(progress));
      assertThat(strategies).contains("graph").doesNotContain("empty");
      assertThat(strategy(index, query)).isEqualTo(ON_CODES);
      assertThat(index.search(SearchRequest.of(more[0], 1)).distance(0)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theEstimateCountsTheCodes(int codeBits) {
    ClusteredVectors data = ClusteredVectors.of(5_000, DIMENSION, 6);
    HnswConfig config = config(Metric.L2, codeBits);
    try (MutableVectorIndex index = ReliabilityRig.holding(config, data)) {
      double held = index.stats().footprint().totalBytes();
      double estimated = HnswIndex.estimate(config, 5_000).totalBytes();
      assertThat(held / estimated).isBetween(0.95, 1.05);
      assertThat(index.stats().footprint().parts()).containsKey("coded links");
    }
  }
}
