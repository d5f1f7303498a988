package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IndexSpec;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Assumptions;

/** Rows of the contract: what is in an index after vectors were added, replaced and removed. */
abstract class ContentRows extends ArgumentRows {
  private static final float[][] ROWS = TestVectors.gaussian(60, DIMENSION, 11);

  @EachMetric
  void newIndexIsEmpty(Metric metric) {
    MutableVectorIndex index = fresh(DIMENSION, metric);
    assertThat(index.dimension()).isEqualTo(DIMENSION);
    assertThat(index.metric()).isEqualTo(metric);
    checkEmpty(index);
  }

  @EachMetric
  void addTellsNewFromReplaced(Metric metric) {
    MutableVectorIndex index = fresh(DIMENSION, metric);
    assertThat(index.add(5, ROWS[0])).as("a new id").isTrue();
    assertThat(index.add(6, ROWS[1])).as("another new id").isTrue();
    assertThat(index.add(5, ROWS[2])).as("a stored id").isFalse();
    assertThat(index.add(5, ROWS[2])).as("a stored id with its own vector").isFalse();
    assertThat(index.size()).isEqualTo(2);
  }

  @EachMetric
  void oneVectorIsFound(Metric metric) {
    Subject subject = holding(metric, ROWS[0]);
    for (int k : new int[] {1, 2, 100}) {
      SearchRequest request = ask(ROWS[1], k);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void replacedVectorIsFoundAtItsNewPlaceOnly(Metric metric) {
    Subject subject = holding(metric, ROWS);
    float[] moved = ROWS[3].clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = -moved[i];
    }
    subject.index().add(3, moved);
    subject.model().put(3, moved);
    checkContent(subject.model(), subject.index());
    for (float[] query : new float[][] {ROWS[3], moved}) {
      SearchRequest request = ask(query, ROWS.length + 1);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void vectorReturnsExactlyWhatWasGiven(Metric metric) {
    float[] odd = ROWS[0].clone();
    odd[0] = -0f;
    odd[1] = Float.MIN_VALUE;
    odd[2] = -Float.MIN_NORMAL;
    odd[3] = Math.nextUp(1f);
    odd[4] = 1e18f;
    odd[5] = 16_777_217;
    MutableVectorIndex index = fresh(DIMENSION, metric);
    index.add(1, odd);
    index.addAll(VectorSource.of(new long[] {2}, new float[][] {odd}), BulkOptions.defaults());
    assertSameBits(index.vector(1), odd);
    assertSameBits(index.vector(2), odd);
  }

  @EachMetric
  void unknownIdHasNoVector(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    for (long id : new long[] {-1, ROWS.length, Long.MAX_VALUE}) {
      assertThat(index.contains(id)).as("contains %s", id).isFalse();
      refused(index, () -> index.vector(id))
          .isInstanceOf(NoSuchElementException.class)
          .hasMessageContaining(Long.toString(id));
    }
  }

  @EachMetric
  void returnedArraysAreTheCallers(Metric metric) {
    Subject subject = holding(metric, ROWS);
    Arrays.fill(subject.index().vector(0), 9);
    Arrays.fill(subject.index().ids(), 9);
    checkContent(subject.model(), subject.index());
  }

  @EachMetric
  void givenArraysStayTheCallers(Metric metric) {
    MutableVectorIndex index = fresh(DIMENSION, metric);
    Model model = new Model(metric);
    float[] added = ROWS[0].clone();
    model.put(100, added);
    index.add(100, added);
    Arrays.fill(added, 9);

    float[][] bulk = new float[20][];
    long[] ids = new long[bulk.length];
    for (int i = 0; i < bulk.length; i++) {
      bulk[i] = ROWS[i + 1].clone();
      ids[i] = i;
      model.put(i, bulk[i]);
    }
    index.addAll(VectorSource.of(ids, bulk), BulkOptions.defaults());
    Arrays.fill(ids, 9);
    for (float[] row : bulk) {
      Arrays.fill(row, 9);
    }

    float[] query = ROWS[30].clone();
    SearchRequest request = ask(query, 50);
    Arrays.fill(query, 9);
    checkContent(model, index);
    checkAnswer(model, ask(ROWS[30], 50), index.search(request));
  }

  @EachMetric
  void extremeIdsAreIdsLikeAnyOther(Metric metric) {
    long[] ids = {
      0,
      Long.MAX_VALUE,
      -1,
      Long.MIN_VALUE,
      1,
      Long.MIN_VALUE + 1,
      1L << 32,
      (1L << 32) + 1,
      1L << 62
    };
    float[][] rows = Arrays.copyOf(ROWS, ids.length);
    Subject subject = holding(metric, VectorSource.of(ids, rows), DIMENSION);
    checkContent(subject.model(), subject.index());
    for (int i = 0; i < ids.length; i++) {
      assertThat(subject.index().contains(ids[i])).isTrue();
      assertThat(subject.index().add(ids[i], rows[i])).as("add of id %s again", ids[i]).isFalse();
      SearchRequest request = ask(rows[i], ids.length);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
    for (long id : ids) {
      assertThat(subject.index().remove(id)).as("remove of id %s", id).isTrue();
      subject.model().remove(id);
      checkContent(subject.model(), subject.index());
    }
  }

  @EachMetric
  void lastRowOfARepeatedIdWins(Metric metric) {
    long[] ids = new long[ROWS.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i % 7;
    }
    for (int threads : new int[] {1, 2, 8}) {
      MutableVectorIndex index = fresh(DIMENSION, metric);
      index.add(6, ROWS[0]);
      index.add(7, ROWS[1]);
      Model model = Model.of(metric, VectorSource.of(ids, ROWS), DIMENSION);
      model.put(7, ROWS[1]);
      index.addAll(VectorSource.of(ids, ROWS), BulkOptions.defaults().threads(threads));
      checkContent(model, index);
      SearchRequest request = ask(ROWS[59], 20);
      checkAnswer(model, request, index.search(request));
    }
  }

  @EachMetric
  void emptyBulkChangesNothing(Metric metric) {
    Subject subject = holding(metric, ROWS);
    subject.index().addAll(VectorSource.of(new float[0][]), BulkOptions.defaults());
    checkContent(subject.model(), subject.index());
  }

  @EachMetric
  void removedVectorIsGone(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (long id : TestVectors.shuffledIds(ROWS.length, 5)) {
      assertThat(subject.index().remove(id)).as("remove of id %s", id).isTrue();
      subject.model().remove(id);
      assertThat(subject.index().contains(id)).isFalse();
      assertThatThrownBy(() -> subject.index().vector(id))
          .isInstanceOf(NoSuchElementException.class);
      SearchRequest request = ask(ROWS[(int) id], ROWS.length);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
    checkEmpty(subject.index());
  }

  @EachMetric
  void removingTheUnknownChangesNothing(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (long id : new long[] {-1, ROWS.length, Long.MIN_VALUE}) {
      assertThat(subject.index().remove(id)).as("remove of unknown id %s", id).isFalse();
    }
    assertThat(subject.index().remove(4)).as("first remove").isTrue();
    assertThat(subject.index().remove(4)).as("second remove").isFalse();
    subject.model().remove(4);
    checkContent(subject.model(), subject.index());
  }

  @EachMetric
  void removedIdCanBeAddedAgain(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (int round = 0; round < 3; round++) {
      for (long id = 10; id < 20; id++) {
        assertThat(subject.index().remove(id)).isTrue();
      }
      for (int id = 10; id < 20; id++) {
        float[] vector = ROWS[(id + 7 * round + 1) % ROWS.length];
        assertThat(subject.index().add(id, vector)).as("add after remove is new").isTrue();
        subject.model().put(id, vector);
      }
      checkContent(subject.model(), subject.index());
      SearchRequest request = ask(ROWS[round], ROWS.length);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void compactKeepsTheAnswers(Metric metric) {
    float[][] rows = TestVectors.clustered(600, DIMENSION, 12, 13);
    Subject subject = holding(metric, rows);
    for (int id = 0; id < rows.length; id++) {
      if (id % 3 != 0) {
        subject.index().remove(id);
        subject.model().remove(id);
      } else if (id % 2 == 0) {
        subject.index().add(id, rows[id + 1]);
        subject.model().put(id, rows[id + 1]);
      }
    }
    List<SearchRequest> requests =
        List.of(ask(rows[1], 10), ask(rows[3], 300), ask(rows[4], 5).filter(id -> id % 2 == 1));
    List<Hits> before = requests.stream().map(subject.index()::search).toList();
    subject.index().compact();
    checkContent(subject.model(), subject.index());
    for (int i = 0; i < requests.size(); i++) {
      Hits hits = subject.index().search(requests.get(i));
      checkAnswer(subject.model(), requests.get(i), hits);
      if (exact()) {
        assertSameHits(hits, before.get(i));
      }
    }
    subject.index().compact();
    subject.index().add(-5, rows[0]);
    subject.model().put(-5, rows[0]);
    checkContent(subject.model(), subject.index());
  }

  @EachMetric
  void smallestDimension(Metric metric) {
    float[][] rows = {{1}, {-2}, {3}, {0.5f}, {-0.25f}};
    Subject subject = holding(metric, rows);
    checkContent(subject.model(), subject.index());
    for (float[] query : rows) {
      SearchRequest request = ask(query, 9);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void largestDimension(Metric metric) {
    float[][] rows = TestVectors.gaussian(6, IndexSpec.MAX_DIMENSION, 14);
    Subject subject = holding(metric, rows);
    subject.index().remove(2);
    subject.model().remove(2);
    subject.index().add(2, rows[5]);
    subject.model().put(2, rows[5]);
    checkContent(subject.model(), subject.index());
    for (float[] query : rows) {
      SearchRequest request = ask(query, 6);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void specMakesAnotherIndexLikeIt(Metric metric) {
    Assumptions.assumeTrue(createdFromSpec(), "this type is not created from a spec");
    Subject subject = holding(metric, ROWS);
    IndexSpec spec = subject.index().spec();
    assertThat(spec.dimension()).isEqualTo(DIMENSION);
    assertThat(spec.metric()).isEqualTo(metric);
    assertThat(IndexSpec.parse(spec.text(), DIMENSION, metric)).isEqualTo(spec);
    MutableVectorIndex twin = closeLater(VectorIndexes.create(spec));
    assertThat(twin.spec()).isEqualTo(spec);
    checkEmpty(twin);
    twin.addAll(VectorSource.of(ROWS), BulkOptions.defaults());
    assertSameAnswers(twin, subject.index(), List.of(ask(ROWS[0], 60), ask(ROWS[1], 3)));
  }

  @EachMetric
  void statsCountWhatIsThere(Metric metric) {
    MutableVectorIndex index = fresh(DIMENSION, metric);
    assertThat(index.stats().vectors()).isZero();
    index.addAll(
        VectorSource.of(TestVectors.gaussian(1_000, DIMENSION, 1)), BulkOptions.defaults());
    for (int id = 0; id < 10; id++) {
      index.remove(id);
    }
    IndexStats stats = index.stats();
    assertThat(stats.vectors()).isEqualTo(990);
    assertThat(stats.reusableRows()).isBetween(0L, 10L);
    assertThat(stats.generation()).as("generation of an index that was never saved").isZero();
    assertThat(stats.footprint().totalBytes())
        .as("bytes of 990 ids and vectors that are kept in full")
        .isGreaterThanOrEqualTo(990L * (Long.BYTES + DIMENSION * Float.BYTES));
    index.compact();
    assertThat(index.stats().reusableRows()).isLessThanOrEqualTo(stats.reusableRows());
    assertThat(index.stats().vectors()).isEqualTo(990);
  }

  private void checkEmpty(MutableVectorIndex index) {
    checkContent(new Model(index.metric()), index);
    assertThat(index.stats().vectors()).isZero();
    assertThat(index.remove(0)).isFalse();
    SearchRequest request = ask(ROWS[0], 10);
    Hits hits = index.search(request);
    assertThat(hits.size()).as("hits of an empty index").isZero();
    assertThat(hits.complete()).isTrue();
    assertThat(hits.iterator().hasNext()).isFalse();
    assertThat(index.search(request.filter(id -> true)).size()).isZero();
    assertThat(index.searchAll(List.of(request, request), BulkOptions.defaults())).hasSize(2);
    index.compact();
    assertThat(index.size()).isZero();
  }
}
