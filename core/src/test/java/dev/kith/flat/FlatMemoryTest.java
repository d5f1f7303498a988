package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.Hits;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.internal.storage.SmallIndex;
import dev.kith.support.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory follows the vectors that are in the index, and the estimate foretells it. */
class FlatMemoryTest {
  private static final int DIMENSION = 20;

  @ParameterizedTest
  @CsvSource({"1, 1000", "16, 1000", "17, 10000", "100, 10000", "384, 1000"})
  void theEstimateIsWithinFivePercentOfWhatAnIndexSaysItHolds(int dimension, int vectors) {
    for (Metric metric : Metric.values()) {
      try (FlatIndex index = FlatIndex.create(dimension, metric)) {
        index.addAll(numbered(dimension, 0, vectors), BulkOptions.defaults().threads(1));
        Footprint estimate = FlatIndex.estimate(dimension, metric, vectors);
        Footprint held = index.stats().footprint();
        assertThat((double) held.totalBytes())
            .as("%s of %s", metric, held)
            .isCloseTo(estimate.totalBytes(), within(0.05 * estimate.totalBytes()));
        assertThat(held.parts().keySet()).isEqualTo(estimate.parts().keySet());
      }
    }
  }

  /** In a JVM of its own, whose collector does at once what it is told. */
  @Test
  void theEstimateIsWhatTheHeapReallyHolds() throws Exception {
    List<String> options = List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    ChildJvm.Outcome outcome = ChildJvm.run(options, HeapProgram.class, "measure").succeeded();
    assertThat(outcome.out()).hasSize(2 * Metric.values().length);
    for (String line : outcome.out()) {
      String[] words = line.split(" ");
      double estimated = Double.parseDouble(words[1]);
      assertThat(Double.parseDouble(words[2]))
          .as(line)
          .isCloseTo(estimated, within(0.05 * estimated));
    }
  }

  @Test
  void whatCanNotFitIsRefusedAndChangesNothing() throws Exception {
    List<String> options = List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    ChildJvm.Outcome outcome = ChildJvm.run(options, HeapProgram.class, "overfill");
    assertThat(outcome.out()).as("%s", outcome).containsExactly("survived");
  }

  @ParameterizedTest
  @EnumSource
  void compactGivesMemoryBackAndKeepsEveryAnswer(Metric metric) {
    try (FlatIndex index = FlatIndex.create(DIMENSION, metric)) {
      index.addAll(numbered(DIMENSION, 0, 3000), BulkOptions.defaults());
      LongStream.range(0, 3000).filter(id -> id % 10 != 3).forEach(index::remove);
      index.add(3, SmallIndex.vector(DIMENSION, 9000));
      String before = SmallIndex.describe(index);
      long full = index.stats().footprint().totalBytes();
      index.compact();
      IndexStats stats = index.stats();
      long estimate = FlatIndex.estimate(DIMENSION, metric, 300).totalBytes();
      assertThat(SmallIndex.describe(index)).isEqualTo(before);
      assertThat(stats.vectors()).isEqualTo(300);
      assertThat(stats.reusableRows()).isZero();
      assertThat(stats.footprint().totalBytes())
          .isLessThan(full / 8)
          .isBetween(estimate * 95 / 100, estimate * 105 / 100);
      index.compact();
      index.addAll(numbered(DIMENSION, 5000, 100), BulkOptions.defaults());
      assertThat(index.size()).isEqualTo(400);
      LongStream.of(index.ids()).forEach(index::remove);
      index.compact();
      assertThat(index.stats().footprint().totalBytes()).isLessThan(1000);
      assertThat(index.add(1, SmallIndex.vector(DIMENSION, 1))).isTrue();
    }
  }

  /** Ids come and go, ten times as many as are ever in the index at once. */
  @Test
  void rowsOfRemovedVectorsAreUsedAgain() {
    int live = 2000;
    try (FlatIndex index = FlatIndex.create(DIMENSION, Metric.L2)) {
      index.addAll(numbered(DIMENSION, 0, live), BulkOptions.defaults());
      long first = index.stats().footprint().totalBytes();
      for (int id = live; id < 11 * live; id++) {
        index.remove(id - live);
        index.add(id, SmallIndex.vector(DIMENSION, id));
        if (id % 500 == 0) {
          index.search(SearchRequest.of(SmallIndex.vector(DIMENSION, id), 3));
        }
      }
      assertThat(index.size()).isEqualTo(live);
      assertThat(index.stats().reusableRows()).isLessThan(10);
      assertThat(index.stats().footprint().totalBytes()).isLessThan(first * 16 / 10);
      assertThat(index.vector(11 * live - 1))
          .isEqualTo(SmallIndex.vector(DIMENSION, 11 * live - 1));
    }
  }

  @Test
  void replacingEverythingAgainAndAgainHoldsTwoCopiesAtMost() {
    int live = 1000;
    try (FlatIndex index = FlatIndex.create(DIMENSION, Metric.COSINE)) {
      long once = FlatIndex.estimate(DIMENSION, Metric.COSINE, live).totalBytes();
      for (int round = 0; round < 30; round++) {
        index.addAll(numbered(DIMENSION, 0, live), BulkOptions.defaults());
        assertThat(index.stats().footprint().totalBytes()).isLessThan(once * 25 / 10);
      }
      for (int i = 0; i < 20_000; i++) {
        index.add(5, SmallIndex.vector(DIMENSION, i));
      }
      assertThat(index.stats().footprint().totalBytes()).isLessThan(once * 25 / 10);
      assertThat(index.size()).isEqualTo(live);
    }
  }

  /** What is removed during a search is kept for it, and no longer. */
  @Test
  void rowsThatASearchMaySeeAreNotUsedBeforeItEnds() {
    int live = 300;
    try (FlatIndex index = FlatIndex.create(DIMENSION, Metric.L2)) {
      index.addAll(numbered(DIMENSION, 0, live), BulkOptions.defaults());
      float[] query = SmallIndex.vector(DIMENSION, 7);
      List<Long> reusable = new ArrayList<>();
      Hits hits =
          index.search(
              SearchRequest.of(query, live)
                  .filter(
                      id -> {
                        if (id < live) {
                          index.remove(id);
                          index.add(live + id, SmallIndex.vector(DIMENSION, (int) id));
                          reusable.add(index.stats().reusableRows());
                        }
                        return true;
                      }));
      assertThat(hits.ids()).as("each was removed during the search").isEmpty();
      assertThat(reusable).as("none was taken again").isSorted().hasSize(live);
      for (int round = 0; round < 3; round++) {
        index.add(-1, query);
      }
      assertThat(index.stats().reusableRows()).isLessThanOrEqualTo(live);
      Long held = index.stats().footprint().parts().get("rows");
      for (int i = 0; i < live - 10; i++) {
        index.add(10_000 + i, SmallIndex.vector(DIMENSION, i));
      }
      assertThat(index.stats().footprint().parts()).as("no new rows").containsEntry("rows", held);
    }
  }

  private static VectorSource numbered(int dimension, int first, int count) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = SmallIndex.vector(dimension, first + i);
    }
    return VectorSource.of(LongStream.range(first, first + count).toArray(), vectors);
  }
}
