package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import dev.kith.hnsw.internal.Adjacency;
import dev.kith.testkit.KithAssertions;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * R2: removed vectors are never found again, all others still are, and at the same recall; whatever
 * is removed, and also after vectors have been added again.
 */
class R2_RemovalTest {
  private static final int DIMENSION = 16;
  private static final int ROWS = ReliabilityRig.LONG ? 20_000 : 2_000;
  private static final int CLUSTERS = 30;
  private static final int QUERIES = 100;
  private static final int EF_SEARCH = 100;
  private static final int SAMPLE = 150;
  private static final float[][] VECTORS = TestVectors.clustered(ROWS, DIMENSION, CLUSTERS, 11);

  @TempDir private Path folder;

  static Stream<Arguments> removals() {
    long[] shuffled = TestVectors.shuffledIds(ROWS, 12);
    return Stream.of(
        Arguments.of("10 %", Arrays.copyOf(shuffled, ROWS / 10)),
        Arguments.of("50 %", Arrays.copyOf(shuffled, ROWS / 2)),
        Arguments.of("90 %", Arrays.copyOf(shuffled, ROWS / 10 * 9)),
        Arguments.of("99 %", Arrays.copyOf(shuffled, ROWS / 100 * 99)),
        Arguments.of("all but one", Arrays.copyOf(shuffled, ROWS - 1)),
        Arguments.of("all", shuffled),
        Arguments.of("the first half", LongStream.range(0, ROWS / 2).toArray()),
        Arguments.of("one whole cluster", clusters(1)),
        Arguments.of("a third of the clusters", clusters(CLUSTERS / 3)),
        Arguments.of("all clusters but one", clusters(CLUSTERS - 1)),
        Arguments.of("hubs", hubs(ROWS / 10)));
  }

  private static long[] clusters(int count) {
    return LongStream.range(0, ROWS).filter(id -> id % CLUSTERS < count).toArray();
  }

  /** The ids that are among the nearest of most others. */
  private static long[] hubs(int count) {
    int[] popularity = new int[ROWS];
    try (VectorIndex index = ReliabilityRig.holding(config(), VectorSource.of(VECTORS))) {
      for (Hits hits :
          ReliabilityRig.search(index, ReliabilityRig.requests(VECTORS, 10, 50, null))) {
        hits.forEach(hit -> popularity[(int) hit.id()]++);
      }
    }
    return IntStream.range(0, ROWS)
        .boxed()
        .sorted(Comparator.comparingInt(id -> -popularity[id]))
        .limit(count)
        .mapToLong(id -> id)
        .toArray();
  }

  private static HnswConfig config() {
    return HnswConfig.builder(DIMENSION, Metric.L2).build();
  }

  /** Fails unless only ids of the index are found, all k of them, near its rows and near others. */
  private static void assertOnlyLivingIdsAreFound(VectorIndex index) {
    float[][] queries = TestVectors.near(VECTORS, QUERIES, 0.05f, 13);
    IdSet living = IdSet.of(index.ids());
    for (Hits hits : ReliabilityRig.search(index, ReliabilityRig.requests(queries, 10, 10, null))) {
      assertThat(hits.size()).isEqualTo(Math.min(10, index.size()));
      assertThat(hits.ids()).doesNotHaveDuplicates();
      assertThat(Arrays.stream(hits.ids()).allMatch(living::accepts)).isTrue();
    }
  }

  private static void assertKeepsItsPromises(VectorIndex index) {
    assertOnlyLivingIdsAreFound(index);
    long[] ids = index.ids();
    int step = Math.max(1, ids.length / SAMPLE);
    ReliabilityRig.assertFindThemselves(
        index, IntStream.range(0, ids.length / step).mapToLong(i -> ids[i * step]).toArray());
    if (ids.length > 0) {
      float[][] queries = TestVectors.near(VECTORS, QUERIES, 0.05f, 14);
      double recall = ReliabilityRig.recall(index, queries, EF_SEARCH);
      if (recall < 0.95) {
        assertThat(recall).isGreaterThanOrEqualTo(recallOfFreshBuild(ids, index, queries) - 0.01);
      }
    }
  }

  private static double recallOfFreshBuild(long[] ids, VectorIndex index, float[][] queries) {
    float[][] vectors = Arrays.stream(ids).mapToObj(index::vector).toArray(float[][]::new);
    try (VectorIndex fresh = ReliabilityRig.holding(config(), VectorSource.of(ids, vectors))) {
      return ReliabilityRig.recall(fresh, queries, EF_SEARCH);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("removals")
  void whatIsRemovedIsNeverFoundAndAllElseIs(String what, long[] removed) throws IOException {
    long[] left = without(removed);
    try (MutableVectorIndex index = ReliabilityRig.holding(config(), VectorSource.of(VECTORS))) {
      for (long id : removed) {
        assertThat(index.remove(id)).isTrue();
        assertThat(index.contains(id)).isFalse();
      }
      KithAssertions.assertThat(index).hasIds(left);
      assertKeepsItsPromises(index);
      ReliabilityRig.assertSavedSound(index, folder.resolve("removed"));
      assertKeepsItsPromises(index);
      for (long id : removed) {
        assertThat(index.add(id, VECTORS[(int) id])).isTrue();
      }
      KithAssertions.assertThat(index).hasSize(ROWS);
      assertKeepsItsPromises(index);
      ReliabilityRig.assertSavedSound(index, folder.resolve("again"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("removals")
  void whatIsRemovedStaysAwayWhenOthersAreAddedInBulk(String what, long[] removed)
      throws IOException {
    float[][] others = TestVectors.clustered(ROWS / 2, DIMENSION, CLUSTERS, 15);
    long[] ids = LongStream.range(ROWS, ROWS + others.length).toArray();
    try (MutableVectorIndex index = ReliabilityRig.holding(config(), VectorSource.of(VECTORS))) {
      for (long id : removed) {
        index.remove(id);
      }
      index.addAll(VectorSource.of(ids, others), BulkOptions.defaults().threads(2));

      KithAssertions.assertThat(index)
          .hasIds(LongStream.concat(Arrays.stream(without(removed)), Arrays.stream(ids)).toArray());
      assertKeepsItsPromises(index);
      index.compact();
      assertKeepsItsPromises(index);
      ReliabilityRig.assertSavedSound(index, folder.resolve("index"));
    }
  }

  private static long entryPoint(HnswIndex index) {
    SearchableGraph.Moment now = index.now();
    return now.rows().id(Adjacency.entryRow(now.links().entryPoint()));
  }

  @Test
  void theEntryPointMayBeRemovedOverAndOver() {
    try (HnswIndex index = HnswIndex.create(config())) {
      index.addAll(VectorSource.of(VECTORS), BulkOptions.defaults().threads(2));
      for (int i = 0; i < 100; i++) {
        long entry = entryPoint(index);
        assertThat(index.remove(entry)).isTrue();
        assertThat(index.search(SearchRequest.of(VECTORS[(int) entry], 10)).ids())
            .hasSize(10)
            .doesNotContain(entry);
        index.compact();
      }
      assertKeepsItsPromises(index);
    }
  }

  @Test
  void theEntryPointMayBeReplacedOverAndOver() {
    try (HnswIndex index = HnswIndex.create(config())) {
      index.addAll(VectorSource.of(VECTORS), BulkOptions.defaults().threads(2));
      for (int i = 0; i < 200; i++) {
        long entry = entryPoint(index);
        assertThat(index.add(entry, VECTORS[i])).isFalse();
      }
      assertKeepsItsPromises(index);
    }
  }

  @Test
  void anEmptiedIndexAnswersWithNothingAndIsFilledAgain() throws IOException {
    try (MutableVectorIndex index = ReliabilityRig.holding(config(), VectorSource.of(VECTORS))) {
      for (int round = 0; round < 3; round++) {
        for (int id = 0; id < ROWS; id++) {
          index.remove(id);
        }
        assertThat(index.search(SearchRequest.of(VECTORS[0], 10)).size()).isZero();
        ReliabilityRig.assertSavedSound(index, folder.resolve("empty"));
        index.addAll(VectorSource.of(VECTORS), BulkOptions.defaults().threads(2));
      }
      assertKeepsItsPromises(index);
    }
  }

  private static long[] without(long[] removed) {
    IdSet gone = IdSet.of(removed);
    return LongStream.range(0, ROWS).filter(id -> !gone.accepts(id)).toArray();
  }
}
