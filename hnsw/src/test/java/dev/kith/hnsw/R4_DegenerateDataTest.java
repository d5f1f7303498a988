package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R4: many copies of few vectors, vectors on a line and vectors that are all equally far apart are
 * indexed in bounded time, stay connected and find a copy of themselves.
 */
@Timeout(120)
class R4_DegenerateDataTest {
  private static final int DIMENSION = 16;
  private static final int SCALE = ReliabilityRig.LONG ? 10 : 1;
  private static final int SAMPLE = 100;

  @TempDir private Path folder;

  /** Data without the differences that a graph lives on. */
  enum Shape {
    EQUAL,
    COPIES,
    COLLINEAR,
    ONE_HOT,
    TWO_POINTS;

    float[][] rows() {
      return switch (this) {
        case EQUAL -> TestVectors.duplicates(1, 3_000 * SCALE, DIMENSION, 21);
        case COPIES -> TestVectors.duplicates(30, 100 * SCALE, DIMENSION, 22);
        case COLLINEAR -> TestVectors.collinear(2_000 * SCALE, DIMENSION, 23);
        case ONE_HOT -> TestVectors.oneHot(2_000 * SCALE, DIMENSION);
        case TWO_POINTS -> {
          float[][] rows = TestVectors.duplicates(2, 1_000 * SCALE, DIMENSION, 24);
          Arrays.sort(rows, (a, b) -> Float.compare(a[0], b[0])); // one whole point, then the other
          yield rows;
        }
      };
    }
  }

  private static MutableVectorIndex empty(Metric metric) {
    return HnswIndex.create(HnswConfig.builder(DIMENSION, metric).build());
  }

  private static void assertFindCopies(MutableVectorIndex index) {
    if (index.metric() == Metric.INNER_PRODUCT) {
      return; // the nearest is a long vector, not the same one
    }
    long[] ids = index.ids();
    int step = Math.max(1, ids.length / SAMPLE);
    ReliabilityRig.assertFindThemselves(
        index, LongStream.range(0, ids.length / step).map(i -> ids[(int) i * step]).toArray());
  }

  /** Fails unless k hits come back, nearest first, equally near ones by id, none twice. */
  private static void assertOrdered(MutableVectorIndex index, float[] query) {
    Hits hits = index.search(SearchRequest.of(query, 50));
    assertThat(hits.size()).isEqualTo(50);
    assertThat(hits.ids()).doesNotHaveDuplicates();
    for (int i = 1; i < hits.size(); i++) {
      assertThat(hits.distance(i)).isGreaterThanOrEqualTo(hits.distance(i - 1));
      if (hits.distance(i) == hits.distance(i - 1)) {
        assertThat(hits.id(i)).isGreaterThan(hits.id(i - 1));
      }
    }
  }

  private void assertSound(MutableVectorIndex index, float[] query) throws IOException {
    assertFindCopies(index);
    assertOrdered(index, query);
    ReliabilityRig.assertSavedSound(index, folder.resolve("index"));
  }

  @ParameterizedTest
  @EnumSource
  void aBuildIsSound(Shape shape) throws IOException {
    float[][] rows = shape.rows();
    for (Metric metric : Metric.values()) {
      try (MutableVectorIndex index = empty(metric)) {
        index.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(2));
        assertSound(index, rows[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void singleAdditionsAreSound(Shape shape) throws IOException {
    float[][] rows = shape.rows();
    for (Metric metric : Metric.values()) {
      try (MutableVectorIndex index = empty(metric)) {
        for (int i = 0; i < rows.length; i++) {
          index.add(i, rows[i]);
        }
        assertSound(index, rows[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSavedAfterRemovingHalfAndAddingItAgainIsSound(Shape shape) throws IOException {
    float[][] rows = shape.rows();
    long[] shuffled = TestVectors.shuffledIds(rows.length, 25);
    try (MutableVectorIndex index = empty(Metric.L2)) {
      index.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(2));
      for (int i = 0; i < rows.length / 2; i++) {
        index.remove(shuffled[i]);
      }
      assertSound(index, rows[0]);
      for (int i = 0; i < rows.length / 2; i++) {
        index.add(shuffled[i], rows[(int) shuffled[i]]);
      }
      assertSound(index, rows[0]);
    }
  }

  @Test
  void aVectorOfItsOwnIsFoundAmongThousandsOfCopies() {
    float[][] rows = Shape.EQUAL.rows();
    float[][] lonely = TestVectors.gaussian(20, DIMENSION, 26);
    long[] ids = LongStream.range(0, lonely.length).map(i -> 1_000_000 + i).toArray();
    try (MutableVectorIndex index = empty(Metric.L2)) {
      index.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(2));
      for (int i = 0; i < lonely.length; i++) {
        index.add(ids[i], lonely[i]);
      }
      for (int i = 0; i < lonely.length; i++) {
        assertThat(index.search(SearchRequest.of(lonely[i], 1)).id(0)).isEqualTo(ids[i]);
      }
    }
  }

  @Test
  void copiesThatAllFitIntoTheBeamComeInTheOrderOfTheirIds() {
    float[][] rows = TestVectors.duplicates(30, 20, DIMENSION, 27);
    try (MutableVectorIndex index = empty(Metric.L2);
        MutableVectorIndex exact = FlatIndex.create(DIMENSION, Metric.L2)) {
      index.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(2));
      exact.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(2));
      for (int i = 0; i < 30; i++) {
        SearchRequest request = SearchRequest.of(rows[i], 10);
        assertThat(index.search(request.params(new HnswSearchParams(rows.length))).ids())
            .containsExactly(exact.search(request).ids());
      }
    }
  }
}
