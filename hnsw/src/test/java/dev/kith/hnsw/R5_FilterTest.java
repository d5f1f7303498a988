package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Recall;
import dev.kith.testkit.TestVectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R5: a filtered search returns accepted ids only, k of them if k are accepted, the right ones, and
 * says whether it walked the graph or looked at every accepted vector.
 */
class R5_FilterTest {
  private static final int DIMENSION = 16;
  private static final int ROWS = ReliabilityRig.LONG ? 200_000 : 10_000;
  private static final int CLUSTERS = 50;
  private static final int K = 10;
  private static final int EF_SEARCH = HnswSearchParams.DEFAULT_EF_SEARCH;

  private static final String WALK = "graph, filtered";
  private static final String COMPLETED = "graph, completed by an exact scan";
  private static final String SCAN = "exact scan, few ids accepted";

  private static final float[][] VECTORS = TestVectors.clustered(ROWS, DIMENSION, CLUSTERS, 31);
  private static final float[][] QUERIES = TestVectors.near(VECTORS, 100, 0.05f, 32);
  private static MutableVectorIndex index;

  @BeforeAll
  static void build() {
    HnswConfig config = HnswConfig.builder(DIMENSION, Metric.L2).efConstruction(100).build();
    index = ReliabilityRig.holding(config, VectorSource.of(VECTORS));
  }

  @AfterAll
  static void close() {
    index.close();
  }

  /** A share of the ids, spread at random over all clusters. */
  private static long[] share(double share) {
    return Arrays.copyOf(TestVectors.shuffledIds(ROWS, 33), (int) Math.round(ROWS * share));
  }

  /** The same ids as a filter whose size nobody knows. */
  private static IdFilter predicate(IdSet ids) {
    return id -> ids.accepts(id);
  }

  private static List<Hits> search(IdFilter filter) {
    return ReliabilityRig.search(index, ReliabilityRig.requests(QUERIES, K, EF_SEARCH, filter));
  }

  /** Fails unless the right accepted ids are found, and returns what was done. */
  private static String[] assertFindsTheAccepted(IdSet accepted, IdFilter filter) {
    List<Hits> found = search(filter);
    for (Hits hits : found) {
      assertThat(hits.complete()).isTrue();
      assertThat(hits.size()).isEqualTo(Math.min(K, accepted.size()));
      assertThat(hits.ids()).doesNotHaveDuplicates();
      assertThat(Arrays.stream(hits.ids()).allMatch(accepted::accepts)).isTrue();
    }
    GroundTruth truth = ReliabilityRig.truth(index, QUERIES, K, accepted);
    assertThat(Recall.at(K, truth, found).mean()).isGreaterThanOrEqualTo(0.95);
    return found.stream().map(hits -> hits.stats().strategy()).distinct().toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, graph",
    "0.1, scan or graph",
    "0.01, scan",
    "0.001, scan",
  })
  void sharesOfTheIdsAsASetOrAsAPredicateFindTheRightOnes(double share, String expected) {
    IdSet accepted = IdSet.of(share(share));
    for (IdFilter filter : new IdFilter[] {accepted, predicate(accepted)}) {
      String[] strategies = assertFindsTheAccepted(accepted, filter);
      switch (expected) {
        case "graph" -> assertThat(strategies).containsExactly(WALK);
        case "scan" -> assertThat(strategies).containsExactly(SCAN);
        default -> assertThat(strategies).isSubsetOf(WALK, SCAN, COMPLETED);
      }
    }
  }

  @Test
  void aSetThatAcceptsEverythingWalksTheGraphWithTheWorkOfAnUnfilteredSearch() {
    IdSet all = IdSet.of(index.ids());
    assertThat(assertFindsTheAccepted(all, all)).containsExactly(WALK);
    List<Hits> filtered = search(all);
    List<Hits> plain =
        ReliabilityRig.search(index, ReliabilityRig.requests(QUERIES, K, EF_SEARCH, null));
    for (int i = 0; i < filtered.size(); i++) {
      assertThat(filtered.get(i).ids()).containsExactly(plain.get(i).ids());
      assertThat(filtered.get(i).stats().distancesComputed())
          .isEqualTo(plain.get(i).stats().distancesComputed());
      assertThat(plain.get(i).stats().strategy()).isEqualTo("graph");
    }
  }

  @Test
  void aScanComputesTheDistancesOfAcceptedIdsOnly() {
    IdSet accepted = IdSet.of(share(0.001));
    for (Hits hits : search(accepted)) {
      assertThat(hits.stats().distancesComputed()).isEqualTo(accepted.size());
    }
  }

  @Test
  void aWalkComputesFewerDistancesThanAScanWould() {
    IdSet accepted = IdSet.of(share(0.5));
    for (Hits hits : search(accepted)) {
      assertThat(hits.stats().distancesComputed()).isLessThan(accepted.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 25, 49})
  void wholeClustersFarFromMostQueriesAreFound(int clusters) {
    IdSet accepted =
        IdSet.of(LongStream.range(0, ROWS).filter(id -> id % CLUSTERS < clusters).toArray());
    assertFindsTheAccepted(accepted, accepted);
    assertFindsTheAccepted(accepted, predicate(accepted));
  }

  /** Of each query's own cluster nothing is accepted: where the walk leads, there is no answer. */
  @Test
  void whatIsFarFromTheQueryIsFoundThoughNothingNearItIsAccepted() {
    double recalls = 0;
    for (float[] query : QUERIES) {
      long own = index.search(SearchRequest.of(query, 1)).id(0) % CLUSTERS;
      IdFilter others = id -> id % CLUSTERS != own;
      // wide enough to hold more than one cluster
      SearchRequest far =
          SearchRequest.of(query, K)
              .params(new HnswSearchParams(ReliabilityRig.LONG ? ROWS / CLUSTERS : EF_SEARCH));
      Hits hits = index.search(far.filter(others));
      assertThat(hits.size()).isEqualTo(K);
      assertThat(Arrays.stream(hits.ids()).noneMatch(id -> id % CLUSTERS == own)).isTrue();
      GroundTruth truth = ReliabilityRig.truth(index, new float[][] {query}, K, others);
      recalls += Recall.at(K, truth, List.of(hits)).mean();
    }
    assertThat(recalls / QUERIES.length).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void aFilterThatAcceptsNothingGivesNothing() {
    for (IdFilter filter : new IdFilter[] {IdSet.of(), id -> false, IdSet.of(-1, ROWS)}) {
      for (Hits hits : search(filter)) {
        assertThat(hits.size()).isZero();
        assertThat(hits.complete()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11})
  void aboutKAcceptedIdsAreAllFoundExactly(int accepted) {
    IdSet few = IdSet.of(Arrays.copyOf(share(0.5), accepted));
    for (IdFilter filter : new IdFilter[] {few, predicate(few)}) {
      List<Hits> found = search(filter);
      assertThat(found).allMatch(hits -> hits.size() == Math.min(K, accepted));
      assertThat(Recall.at(K, ReliabilityRig.truth(index, QUERIES, K, few), found).mean())
          .isEqualTo(1);
    }
  }

  @Test
  void aSetOfIdsThatAreMostlyNotThereIsCompletedByAScan() {
    long[] present = Arrays.copyOf(share(0.5), 5);
    long[] absent = LongStream.range(ROWS, ROWS + ROWS / 2).toArray();
    IdSet set =
        IdSet.of(LongStream.concat(Arrays.stream(present), Arrays.stream(absent)).toArray());
    for (Hits hits : search(set)) {
      assertThat(Arrays.stream(hits.ids()).sorted().toArray())
          .containsExactly(Arrays.stream(present).sorted().toArray());
      assertThat(hits.stats().strategy()).isEqualTo(COMPLETED);
    }
  }

  @Test
  void removedIdsAreNotFoundThoughAFilterAcceptsThem() {
    HnswConfig config = HnswConfig.builder(DIMENSION, Metric.L2).efConstruction(50).build();
    float[][] rows = Arrays.copyOf(VECTORS, 2_000);
    try (MutableVectorIndex shrinking = ReliabilityRig.holding(config, VectorSource.of(rows))) {
      IdSet even = IdSet.of(LongStream.range(0, 1_000).map(i -> 2 * i).toArray());
      for (long id = 0; id < 2_000; id += 4) {
        shrinking.remove(id);
      }
      for (IdFilter filter : new IdFilter[] {even, predicate(even)}) {
        for (float[] query : QUERIES) {
          Hits hits = shrinking.search(SearchRequest.of(query, K).filter(filter));
          assertThat(hits.size()).isEqualTo(K);
          assertThat(Arrays.stream(hits.ids()).allMatch(id -> id % 4 == 2)).isTrue();
        }
      }
    }
  }
}
