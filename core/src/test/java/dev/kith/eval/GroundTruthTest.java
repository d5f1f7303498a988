package dev.kith.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.VectorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroundTruthTest {
  private static final BulkOptions OPTIONS = BulkOptions.defaults();
  private static final SearchStats STATS = new SearchStats("by hand", 0, 0, 0, 1);

  @ParameterizedTest
  @EnumSource
  void agreesWithBruteForceInDoublePrecision(Metric metric) {
    for (int dimension : new int[] {1, 3, 16, 17, 100}) {
      ClusteredVectors base = ClusteredVectors.of(700, dimension, 7);
      float[][] queries = base.queries(20);

      GroundTruth truth = GroundTruth.compute(base, queries, metric, 30, OPTIONS);

      assertThat(truth.size()).isEqualTo(20);
      assertThat(truth.k()).isEqualTo(30);
      assertThat(truth.hasDistances()).isTrue();
      for (int query = 0; query < queries.length; query++) {
        double[] exact = BruteForce.distances(metric, base, queries[query]);
        double[] sorted = exact.clone();
        Arrays.sort(sorted);
        double tolerance = 1e-5 * Math.max(1, Math.abs(sorted[sorted.length - 1]));
        long[] ids = truth.ids(query);
        float[] distances = truth.distances(query);
        assertThat(ids).hasSize(30).doesNotHaveDuplicates();
        for (int rank = 0; rank < 30; rank++) {
          assertThat(distances[rank]).isCloseTo((float) sorted[rank], within((float) tolerance));
          assertThat(exact[(int) ids[rank]]).isCloseTo(sorted[rank], within(tolerance));
        }
      }
    }
  }

  @Test
  void tiesAreBrokenBySmallerId() {
    // Small whole numbers: distances are exact in float32, and most are tied.
    Random random = new Random(3);
    float[][] rows = new float[500][2];
    for (float[] row : rows) {
      row[0] = random.nextInt(5);
      row[1] = random.nextInt(5);
    }
    long[] ids = random.longs(rows.length).toArray();
    float[][] queries = {{2, 2}, {0, 4}};

    GroundTruth truth =
        GroundTruth.compute(VectorSource.of(ids, rows), queries, Metric.L2, 60, OPTIONS);

    for (int query = 0; query < queries.length; query++) {
      double[] exact = BruteForce.distances(Metric.L2, VectorSource.of(rows), queries[query]);
      long[] expected =
          IntStream.range(0, rows.length)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer row) -> exact[row])
                      .thenComparingLong(row -> ids[row]))
              .limit(60)
              .mapToLong(row -> ids[row])
              .toArray();
      assertThat(truth.ids(query)).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void blocksAndThreadsDoNotChangeABit(Metric metric) {
    ClusteredVectors base = ClusteredVectors.of(1_000, 24, 5);
    List<SearchRequest> requests = ExactSearch.requests(base.queries(30), 40);
    List<Hits> whole = ExactSearch.search(base, requests, 24, metric, 1_000, OPTIONS.threads(1));

    for (int blockRows : new int[] {1_001, 999, 500, 333, 39, 7}) {
      List<Hits> blocked =
          ExactSearch.search(base, requests, 24, metric, blockRows, OPTIONS.threads(3));
      for (int i = 0; i < whole.size(); i++) {
        assertThat(blocked.get(i).ids()).containsExactly(whole.get(i).ids());
        assertThat(blocked.get(i).distances()).containsExactly(whole.get(i).distances());
        assertThat(blocked.get(i).complete()).isTrue();
      }
    }
  }

  @Test
  void whatIsMissingIsNotPadded() {
    float[][] rows = {{1}, {5}, {2}};

    GroundTruth truth =
        GroundTruth.compute(
            VectorSource.of(rows), new float[][] {{0}, {9}}, Metric.L2, 10, OPTIONS);

    assertThat(truth.k()).isEqualTo(10);
    assertThat(truth.ids(0)).containsExactly(0, 2, 1);
    assertThat(truth.distances(0)).containsExactly(1, 4, 25);
    assertThat(truth.ids(1)).containsExactly(1, 2, 0);

    GroundTruth empty =
        GroundTruth.compute(
            VectorSource.of(new float[0][]), new float[][] {{0}}, Metric.L2, 10, OPTIONS);
    assertThat(empty.size()).isEqualTo(1);
    assertThat(empty.ids(0)).isEmpty();
  }

  @Test
  void progressCountsRowsOfTheBaseAcrossBlocks() {
    ClusteredVectors base = ClusteredVectors.of(1_000, 4, 1);
    List<SearchRequest> requests = ExactSearch.requests(base.queries(3), 5);
    List<Long> seen = new ArrayList<>();

    ExactSearch.search(
        base,
        requests,
        4,
        Metric.L2,
        300,
        OPTIONS.progress(
            (done, total) -> {
              assertThat(total).isEqualTo(1_000);
              seen.add(done);
            }));

    assertThat(seen).isSorted().allMatch(done -> done >= 0 && done <= 1_000);
    if (!seen.isEmpty()) {
      assertThat(seen.getLast()).isEqualTo(1_000);
    }
  }

  @Test
  void workCanBeCancelled() {
    ClusteredVectors base = ClusteredVectors.of(1_000, 4, 1);

    assertThatThrownBy(
            () ->
                GroundTruth.compute(
                    base, base.queries(3), Metric.L2, 5, OPTIONS.cancelWhen(() -> true)))
        .isInstanceOfSatisfying(BulkCancelledException.class, e -> assertThat(e.added()).isZero());
  }

  @Test
  void badInputIsRefusedByName() {
    float[][] rows = {{1, 2}, {3, 4}};
    VectorSource base = VectorSource.of(rows);
    float[][] queries = {{0, 0}};

    assertRefused(() -> compute(base, queries, 0), "k: 0, expected at least 1");
    assertRefused(() -> compute(base, new float[0][], 1), "queries: empty, expected at least one");
    assertRefused(
        () -> compute(base, new float[][] {{1, 2}, {1}}, 1),
        "queries[1]: dimension 1, queries[0] has 2");
    assertRefused(() -> compute(base, new float[][] {{1, 2}, {1, Float.NaN}}, 1), "queries[1]: ");
    assertRefused(
        () -> compute(VectorSource.of(new long[] {7, 7}, rows), queries, 1),
        "base: the id 7 occurs twice");
    assertRefused(() -> compute(base, new float[][] {{1, 2, 3}}, 1), "dimension");
    assertRefused(
        () -> compute(VectorSource.of(new float[][] {{1, 2}, {Float.NaN, 1}}), queries, 1), "1");
  }

  @Test
  void aBadRowOfALaterBlockIsNamed() {
    float[][] rows = new float[10][1];
    rows[7][0] = Float.NaN;
    List<SearchRequest> requests = List.of(SearchRequest.of(new float[] {1}, 1));

    assertThatThrownBy(
            () -> ExactSearch.search(VectorSource.of(rows), requests, 1, Metric.L2, 4, OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("base: counting rows from row 4 on: ")
        .hasMessageContaining("3");
  }

  @Test
  void resultsOfAnExactIndexAreTaken() {
    Hits some = Hits.of(new long[] {4, 2}, new float[] {1, 2}, true, STATS);

    GroundTruth truth = GroundTruth.of(List.of(some), 3);

    assertThat(truth.k()).isEqualTo(3);
    assertThat(truth.ids(0)).containsExactly(4, 2);
    assertThat(truth.distances(0)).containsExactly(1, 2);
    assertThat(truth).hasToString("GroundTruth[1 queries, k 3]");
  }

  @Test
  void resultsThatAreNotExactAreRefused() {
    Hits some = Hits.of(new long[] {4, 2}, new float[] {1, 2}, true, STATS);
    Hits cut = Hits.of(new long[] {4}, new float[] {1}, false, STATS);
    Hits twice = Hits.of(new long[] {4, 4}, new float[] {1, 2}, true, STATS);

    assertRefused(() -> GroundTruth.of(List.of(some), 0), "k: 0");
    assertRefused(
        () -> GroundTruth.of(List.of(some), 1), "query 0 has 2 hits, expected at most k = 1");
    assertRefused(
        () -> GroundTruth.of(List.of(some, cut), 2), "the result of query 1 is incomplete");
    assertRefused(
        () -> GroundTruth.of(List.of(some, twice), 2),
        "exact: query 1 has 2 answers, but only 1 different ids");
  }

  @Test
  void answersOfADatasetAreTaken() {
    int[][] rows = {{3, 1}, {2}};

    GroundTruth truth = GroundTruth.of(rows);
    rows[0][0] = 9;

    assertThat(truth.k()).isEqualTo(2);
    assertThat(truth.ids(0)).containsExactly(3, 1);
    assertThat(truth.ids(1)).containsExactly(2);
    assertThat(truth.hasDistances()).isFalse();
    assertThatThrownBy(() -> truth.distances(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> truth.ids(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void idsMayBeAnyLong() {
    long[][] ids = {{Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}};

    GroundTruth truth = GroundTruth.of(ids);
    ids[0][0] = 5;

    assertThat(truth.ids(0)).containsExactly(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE);
    truth.ids(0)[0] = 5;
    assertThat(truth.ids(0)[0]).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void answersThatCannotBeAreRefused() {
    assertRefused(() -> GroundTruth.of(new int[][] {{1}, {0, -1}}), "rows[1][1]: -1");
    assertRefused(() -> GroundTruth.of(new int[][] {{1}, {2, 2}}), "query 1 has 2 answers");
    assertRefused(() -> GroundTruth.of(new int[][] {{}}), "rows: no answers");
    assertRefused(() -> GroundTruth.of(new int[0][]), "rows: no answers");
    assertRefused(() -> GroundTruth.of(new long[0][]), "ids: no answers");
    assertRefused(() -> GroundTruth.of(new long[][] {{8, 8}}), "ids: query 0 has 2 answers");
  }

  private static void compute(VectorSource base, float[][] queries, int k) {
    GroundTruth.compute(base, queries, Metric.L2, k, OPTIONS);
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
