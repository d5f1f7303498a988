package dev.kith.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final GroundTruth ONE = GroundTruth.of(new long[][] {{0}});

  @Test
  void anExactIndexHasRecallOneOnIt() {
    ClusteredVectors base = ClusteredVectors.of(500, 16, 1);
    Dataset data =
        Dataset.of("small", Metric.COSINE, base, base.queries(20), 10, BulkOptions.defaults());

    try (FlatIndex index = FlatIndex.create(data.dimension(), data.metric())) {
      index.addAll(data.base(), BulkOptions.defaults());
      List<Hits> found = index.searchAll(data.requests(10), BulkOptions.defaults());

      assertThat(Recall.at(10, data.truth(), found).mean()).isEqualTo(1);
    }
    assertThat(data).hasToString("Dataset[small, COSINE, 500 x 16, 20 queries]");
    assertThat(data.requests(3)).hasSize(20).allMatch(request -> request.k() == 3);
  }

  @Test
  void partsThatDoNotBelongTogetherAreRefused() {
    VectorSource base = VectorSource.of(new float[][] {{1, 2}});

    assertRefused(base, new float[0][], ONE, "queries: empty, expected at least one");
    assertRefused(
        base, new float[][] {{1, 2}, {1}}, ONE, "queries[1]: dimension 1, queries[0] has 2");
    assertRefused(
        base, new float[][] {{1}}, ONE, "base: row 0: the vector has dimension 2, expected 1");
    assertRefused(
        base, new float[][] {{1, 2}, {1, 2}}, ONE, "truth: answers for 1 queries, expected 2");
  }

  @Test
  void anEmptyBaseIsFine() {
    Dataset data =
        Dataset.of(
            "empty",
            Metric.L2,
            VectorSource.of(new float[0][]),
            new float[][] {{1, 2}},
            3,
            BulkOptions.defaults());

    assertThat(data.dimension()).isEqualTo(2);
    assertThat(data.truth().ids(0)).isEmpty();
  }

  private static void assertRefused(
      VectorSource base, float[][] queries, GroundTruth truth, String message) {
    assertThatThrownBy(() -> new Dataset("x", Metric.L2, base, queries, truth))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
