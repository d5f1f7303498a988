package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenMode;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Recall;
import dev.kith.flat.FlatIndex;
import dev.kith.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks on codes of rows: what they find, and that changes and files keep up with them. */
class RowCodesTest {
  private static final int DIMENSION = 48;
  private static final int K = 10;

  @TempDir private Path folder;

  private static HnswConfig config(Metric metric, int rowBits) {
    return HnswConfig.builder(DIMENSION, metric).efConstruction(100).rowBits(rowBits).build();
  }

  private static List<SearchRequest> requests(float[][] queries, int efSearch) {
    return ReliabilityRig.requests(queries, K, efSearch, null);
  }

  private static SearchStats stats(VectorIndex index, float[] query, HnswSearchParams params) {
    return index.search(SearchRequest.of(query, K).params(params)).stats();
  }

  private static void assertSameAnswers(List<Hits> expected, List<Hits> actual) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).ids()).isEqualTo(expected.get(i).ids());
      assertThat(actual.get(i).distances()).isEqualTo(expected.get(i).distances());
    }
  }

  /**
   * At the same efSearch and with the default rerank; about twice of what codes were measured to
   * cost.
   */
  @ParameterizedTest
  @EnumSource
  void recallIsNearThatOfFullVectors(Metric metric) {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 1);
    float[][] queries = data.queries(200);
    double plain = recall(config(metric, 0), data, queries);
    assertThat(plain).isGreaterThan(0.99);
    assertThat(recall(config(metric, 8), data, queries)).isGreaterThan(plain - 0.006);
    assertThat(recall(config(metric, 4), data, queries)).isGreaterThan(plain - 0.006);
    assertThat(recall(config(metric, 2), data, queries)).isGreaterThan(plain - 0.02);
    assertThat(recall(config(metric, 1), data, queries)).isGreaterThan(plain - 0.08);
  }

  private static double recall(HnswConfig config, VectorSource data, float[][] queries) {
    try (MutableVectorIndex index = ReliabilityRig.holding(config, data)) {
      return ReliabilityRig.recall(index, queries, 100);
    }
  }

  @ParameterizedTest
  @EnumSource
  void distancesAreThoseOfFullVectors(Metric metric) {
    ClusteredVectors data = ClusteredVectors.of(2_000, DIMENSION, 3);
    float[][] queries = data.queries(50);
    try (FlatIndex exact = FlatIndex.create(DIMENSION, metric)) {
      exact.addAll(data, BulkOptions.defaults().threads(2));
      for (int bits : new int[] {8, 1}) {
        try (MutableVectorIndex index = ReliabilityRig.holding(config(metric, bits), data)) {
          for (float[] query : queries) {
            SearchRequest request = SearchRequest.of(query, K);
            Hits hits = index.search(request);
            assertThat(hits.stats().strategy()).isEqualTo("graph");
            Hits same = exact.search(request.filter(IdSet.of(hits.ids())));
            assertThat(hits.ids()).as("%s bits", bits).isEqualTo(same.ids());
            assertThat(hits.distances()).as("%s bits", bits).isEqualTo(same.distances());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"L2, 8", "INNER_PRODUCT, 8", "COSINE, 8", "L2, 1", "INNER_PRODUCT, 4", "COSINE, 2"})
  void howeverItIsOpenedItAnswersTheSame(Metric metric, int bits) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(2_000, DIMENSION, 4);
    List<SearchRequest> requests = requests(data.queries(100), 40);
    Path directory = folder.resolve("index");
    List<Hits> expected;
    try (MutableVectorIndex index = ReliabilityRig.holding(config(metric, bits), data)) {
      expected = ReliabilityRig.search(index, requests);
      index.save(directory);
    }
    for (OpenMode mode : OpenMode.values()) {
      try (VectorIndex index = VectorIndexes.open(directory, new OpenOptions(mode, false))) {
        assertThat(index.spec().text()).isEqualTo("HNSW16,efc=100,rows=" + bits);
        List<Hits> found = ReliabilityRig.search(index, requests);
        assertSameAnswers(expected, found);
        assertThat(found.get(0).stats()).as("%s", mode).isEqualTo(expected.get(0).stats());
        Path again = folder.resolve("again" + mode);
        index.save(again);
        assertThat(file(again)).as("saved from %s", mode).isEqualTo(file(directory));
      }
    }
    try (MutableVectorIndex index = VectorIndexes.openForWriting(directory)) {
      assertSameAnswers(expected, ReliabilityRig.search(index, requests));
    }
    assertThat(VectorIndexes.check(directory).problems()).isEmpty();
  }

  private static byte[] file(Path directory) throws IOException {
    return Files.readAllBytes(directory.resolve("hnsw-1.kith"));
  }

  @Test
  void aMappedIndexSaysWhatItHoldsInMemory() throws IOException {
    ClusteredVectors data = ClusteredVectors.of(1_000, DIMENSION, 5);
    for (int bits : new int[] {0, 8, 2}) {
      HnswConfig config = config(Metric.COSINE, bits);
      Path directory = folder.resolve("bits" + bits);
      try (MutableVectorIndex index = ReliabilityRig.holding(config, data)) {
        index.save(directory);
      }
      try (VectorIndex mapped = VectorIndexes.open(directory, OpenOptions.mapped())) {
        Footprint held = mapped.stats().footprint();
        if (bits == 0) {
          assertThat(held.parts()).containsOnlyKeys("mapped file");
        } else {
          assertThat(held.parts()).containsOnlyKeys("mapped file", "row codes");
          assertThat(held.parts().get("row codes"))
              .isEqualTo(HnswIndex.estimate(config, 1_000).parts().get("row codes"));
        }
        assertThat(held.parts().get("mapped file"))
            .isEqualTo(Files.size(directory.resolve("hnsw-1.kith")));
      }
    }
  }

  /** Without a factor, as many as its documentation says. */
  @ParameterizedTest
  @CsvSource({
    "8, 40, 16",
    "4, 40, 20",
    "3, 40, 30",
    "2, 60, 50",
    "2, 40, 40",
    "1, 40, 40",
    "1, 400, 160"
  })
  void asManyAreLookedAtInFullAsSuitsTheCodes(int bits, int efSearch, long expected) {
    ClusteredVectors data = ClusteredVectors.of(1_000, DIMENSION, 6);
    float[] query = data.queries(1)[0];
    try (MutableVectorIndex index = ReliabilityRig.holding(config(Metric.L2, bits), data)) {
      SearchStats stats = stats(index, query, new HnswSearchParams(efSearch));
      assertThat(stats.strategy()).isEqualTo("graph");
      assertThat(stats.reranked()).isEqualTo(expected);
      assertThat(stats.distancesComputed()).isGreaterThan(expected + efSearch);
      assertThat(stats.nodesVisited()).isGreaterThanOrEqualTo(efSearch);
    }
  }

  @Test
  void withoutCodesNothingIsLookedAtAgain() {
    ClusteredVectors data = ClusteredVectors.of(1_000, DIMENSION, 6);
    float[] query = data.queries(1)[0];
    try (MutableVectorIndex index = ReliabilityRig.holding(config(Metric.L2, 0), data)) {
      assertThat(stats(index, query, new HnswSearchParams(40, 3)).reranked()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void moreRowsInFullFindMoreUpToEfSearch(Metric metric) {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 7);
    float[][] queries = data.queries(100);
    try (MutableVectorIndex index = ReliabilityRig.holding(config(metric, 1), data)) {
      GroundTruth truth = ReliabilityRig.truth(index, queries, K, null);
      double before = 0;
      for (int factor : new int[] {1, 2, 4, 8, 16, 1_000}) {
        HnswSearchParams params = new HnswSearchParams(80, factor);
        List<SearchRequest> requests =
            requests(queries, 80).stream().map(request -> request.params(params)).toList();
        List<Hits> found = ReliabilityRig.search(index, requests);
        double recall = Recall.at(K, truth, found).mean();
        assertThat(recall).as("factor %s", factor).isGreaterThanOrEqualTo(before);
        before = factor < 8 ? Math.nextUp(recall) : recall; // 8 * K is efSearch
        assertThat(found)
            .allMatch(hits -> hits.stats().reranked() == Math.min(80, (long) factor * K));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 2})
  void filtersAreKept(int bits) {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 8);
    float[][] queries = data.queries(100);
    try (MutableVectorIndex index = ReliabilityRig.holding(config(Metric.COSINE, bits), data)) {
      IdFilter third = id -> id % 3 == 0;
      List<Hits> found =
          ReliabilityRig.search(index, ReliabilityRig.requests(queries, K, 40, third));
      for (Hits hits : found) {
        assertThat(hits.stats().strategy()).isEqualTo("graph, filtered");
        assertThat(hits.stats().reranked()).isBetween((long) K, 40L);
        assertThat(LongStream.of(hits.ids())).hasSize(K).allMatch(id -> id % 3 == 0);
      }
      GroundTruth truth = ReliabilityRig.truth(index, queries, K, third);
      assertThat(Recall.at(K, truth, found).mean()).isGreaterThan(bits == 8 ? 0.97 : 0.93);

      Hits few = index.search(SearchRequest.of(queries[0], K).filter(IdSet.of(1, 2, 3)));
      assertThat(few.ids()).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(few.stats().strategy()).isEqualTo("exact scan, few ids accepted");
      assertThat(few.stats().reranked()).isZero();
    }
  }

  /** How near rows are counts, not how many: codes may not decide which are near enough. */
  @ParameterizedTest
  @ValueSource(ints = {8, 1})
  void allThatAreNearEnoughAreFound(int bits) {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 9);
    float[][] queries = data.queries(50);
    int missing = 0;
    try (MutableVectorIndex index = ReliabilityRig.holding(config(Metric.L2, bits), data);
        MutableVectorIndex exact = FlatIndex.create(DIMENSION, Metric.L2)) {
      exact.addAll(data, BulkOptions.defaults().threads(2));
      for (float[] query : queries) {
        Hits nearest = exact.search(SearchRequest.of(query, 40));
        SearchRequest near =
            SearchRequest.of(query, 100)
                .maxDistance(nearest.distance(39))
                .params(new HnswSearchParams(400));
        Hits found = index.search(near);
        assertThat(nearest.ids()).contains(found.ids());
        missing += 40 - found.size();
      }
    }
    assertThat(missing).as("of 2,000").isLessThanOrEqualTo(bits == 8 ? 4 : 40);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 3})
  void anyNumberOfThreadsGivesTheSameAnswersAndBytes(int bits) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(3_000, DIMENSION, 10);
    List<SearchRequest> requests = requests(data.queries(100), 40);
    List<Hits> expected = List.of();
    byte[] bytes = {};
    for (int threads : new int[] {1, 2, 8}) {
      try (MutableVectorIndex index = HnswIndex.create(config(Metric.L2, bits))) {
        index.addAll(data, BulkOptions.defaults().threads(threads));
        Path directory = folder.resolve("threads" + threads);
        index.save(directory);
        List<Hits> found = ReliabilityRig.search(index, requests);
        if (threads == 1) {
          expected = found;
          bytes = file(directory);
        }
        assertSameAnswers(expected, found);
        assertThat(file(directory)).as("%s threads", threads).isEqualTo(bytes);
      }
    }
  }

  /** After any change the codes are those that would be made from scratch. */
  @ParameterizedTest
  @ValueSource(ints = {8, 2})
  void codesKeepUpWithChanges(int bits, @Seed long seed) throws IOException {
    ClusteredVectors data = ClusteredVectors.of(2_000, DIMENSION, seed);
    List<SearchRequest> requests = requests(data.queries(50), 30);
    Random random = new Random(seed);
    float[] vector = new float[DIMENSION];
    try (MutableVectorIndex index = HnswIndex.create(config(Metric.L2, bits))) {
      float[][] first = new float[1_000][DIMENSION];
      for (int i = 0; i < first.length; i++) {
        data.copy(i, first[i]);
      }
      index.addAll(VectorSource.of(first), BulkOptions.defaults().threads(2));
      for (int step = 0; step < 3; step++) {
        for (int i = 0; i < 200; i++) {
          data.copy(random.nextInt(2_000), vector);
          long id = random.nextInt(1_200);
          if (random.nextInt(3) == 0) {
            index.remove(id);
          } else {
            index.add(id, vector);
            assertThat(index.search(SearchRequest.of(vector, 1)).distance(0)).isZero();
          }
        }
        index.compact();
        List<Hits> expected = ReliabilityRig.search(index, requests);
        Path directory = folder.resolve("step" + step);
        index.save(directory);
        for (OpenMode mode : OpenMode.values()) {
          try (VectorIndex fresh = VectorIndexes.open(directory, new OpenOptions(mode, false))) {
            assertSameAnswers(expected, ReliabilityRig.search(fresh, requests));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 7, 4, 1})
  void theEstimateCountsTheCodes(int bits) {
    ClusteredVectors data = ClusteredVectors.of(2_000, DIMENSION, 11);
    HnswConfig config = config(Metric.L2, bits);
    try (MutableVectorIndex index = ReliabilityRig.holding(config, data)) {
      Footprint held = index.stats().footprint();
      Footprint estimate = HnswIndex.estimate(config, 2_000);
      assertThat(held.parts().keySet()).isEqualTo(estimate.parts().keySet());
      assertThat(held.parts().get("row codes")).isEqualTo(estimate.parts().get("row codes"));
      assertThat(held.totalBytes() / (double) estimate.totalBytes()).isBetween(0.95, 1.05);
    }
  }
}
