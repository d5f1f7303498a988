package dev.kith.examples.testkit;

import static dev.kith.testkit.KithAssertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import dev.kith.testkit.Seed;
import dev.kith.testkit.TestVectors;
import org.junit.jupiter.api.Test;

/** A test on other data in every run, which can be repeated when it fails. */
class SeededTest {
  // @start region="seed"
  @Test
  void everyVectorFindsItself(@Seed long seed) {
    float[][] rows = TestVectors.unit(200, 16, seed);
    try (FlatIndex index = FlatIndex.create(16, Metric.COSINE)) {
      index.addAll(VectorSource.of(rows), BulkOptions.defaults());
      for (int id = 0; id < rows.length; id++) {
        assertThat(index.search(SearchRequest.of(rows[id], 1))).hasIds(id);
      }
    }
  }
  // @end
}
