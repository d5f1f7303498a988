package dev.kith.examples.testkit;

import static dev.kith.testkit.KithAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.eval.Dataset;
import dev.kith.flat.FlatIndex;
import dev.kith.testkit.TestVectors;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a project tests its own retrieval code: with a real, exact index instead of a mock. */
class PassageFinderTest {
  private static final Map<Long, String> PASSAGES =
      Map.of(1L, "a queue that blocks", 2L, "a sorted map", 3L, "a queue with priorities");

  /** Stands in for the embedding model: a direction for each topic. */
  private static float[] embed(String text) {
    return new float[] {
      text.contains("queue") ? 1 : 0,
      text.contains("map") ? 1 : 0,
      text.contains("priorit") ? 1 : 0.1f
    };
  }

  @Test
  void findsPassagesOfTheTopicOnly() {
    try (FlatIndex index = FlatIndex.create(3, Metric.COSINE)) {
      PASSAGES.forEach((id, passage) -> index.add(id, embed(passage)));
      PassageFinder finder = new PassageFinder(index, PASSAGES, PassageFinderTest::embed);
      assertThat(finder.find("which queue waits?", 2, 0.9f)).containsExactly("a queue that blocks");
      assertThat(finder.find("which map is sorted?", 3, 0.9f)).containsExactly("a sorted map");
    }
  }

  // @start region="hits"
  @Test
  void removedPassageIsNotFound() {
    try (FlatIndex index = FlatIndex.create(3, Metric.COSINE)) {
      PASSAGES.forEach((id, passage) -> index.add(id, embed(passage)));
      index.remove(1);
      assertThat(index).hasIds(2, 3).doesNotContain(1);
      assertThat(index.search(SearchRequest.of(embed("queue"), 10)))
          .hasNearest(3)
          .doesNotContain(1)
          .isComplete();
    }
  }

  // @end

  // @start region="recall"
  @Test
  void indexIsAsGoodAsWePromise() {
    float[][] rows = TestVectors.clustered(2_000, 32, 40, 1);
    float[][] queries = TestVectors.near(rows, 50, 0.1f, 2);
    Dataset dataset =
        Dataset.of(
            "passages", Metric.COSINE, VectorSource.of(rows), queries, 10, BulkOptions.defaults());
    try (FlatIndex index = FlatIndex.create(32, Metric.COSINE)) {
      index.addAll(dataset.base(), BulkOptions.defaults());
      assertThat(index).on(dataset).withK(10).hasRecallAtLeast(0.95);
    }
  }
  // @end
}
