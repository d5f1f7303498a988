package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BulkOptions;
import dev.kith.Hit;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.VectorSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Rows of the contract: what one search returns, and what limits it. */
abstract class SearchRows extends ContentRows {
  private static final float[][] ROWS = TestVectors.clustered(500, DIMENSION, 10, 21);
  private static final float[][] QUERIES = TestVectors.near(ROWS, 12, 0.2f, 22);

  @EachMetric
  void nearestVectorsAreFound(Metric metric) {
    float[][] rows = TestVectors.clustered(2_000, DIMENSION, 40, 23);
    Subject subject = holding(metric, rows);
    double recall = 0;
    float[][] queries = TestVectors.near(rows, 100, 0.2f, 24);
    for (float[] query : queries) {
      SearchRequest request = SearchRequest.of(query, 10);
      Hits hits = subject.index().search(request);
      if (exact()) {
        subject.model().checkExact(request, hits);
      } else {
        subject.model().checkSound(request, hits);
      }
      recall += subject.model().recall(request, hits) / queries.length;
    }
    // Summing a hundred ones may give a little less than one.
    assertThat(recall).as("mean recall@10").isGreaterThanOrEqualTo(leastRecall() - 1e-9);
  }

  @EachMetric
  void everyVectorFindsItself(Metric metric) {
    Subject subject = holding(metric, TestVectors.unit(300, DIMENSION, 25));
    for (long id : subject.index().ids()) {
      Hits hits = subject.index().search(ask(subject.index().vector(id), 1));
      assertThat(hits.ids()).containsExactly(id);
    }
  }

  @EachMetric
  void moreThanThereIsGivesAllThereIs(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (int k : new int[] {499, 500, 501, 100_000, Integer.MAX_VALUE}) {
      SearchRequest request = ask(QUERIES[0], k);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void identicalVectorsAreAllFound(Metric metric) {
    Subject subject = holding(metric, TestVectors.duplicates(1, 50, DIMENSION, 26));
    for (int k : new int[] {1, 49, 50, 51}) {
      SearchRequest request = ask(QUERIES[0], k);
      checkAnswer(subject.model(), request, subject.index().search(request));
    }
  }

  @EachMetric
  void tiesBreakBySmallerId(Metric metric) {
    long[] ids = TestVectors.shuffledIds(1_000, 27);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = 3 * ids[i] - 1_500;
    }
    float[][] rows = TestVectors.duplicates(1, ids.length, DIMENSION, 28);
    Subject subject = holding(metric, VectorSource.of(ids, rows), DIMENSION);
    for (int k : new int[] {1, 10, 100, 1_000}) {
      for (float[] query : new float[][] {rows[0], QUERIES[1]}) {
        SearchRequest request = ask(query, k);
        checkAnswer(subject.model(), request, subject.index().search(request));
      }
    }
    // A replaced row moves inside the index; among its equals the id alone may decide.
    subject.index().add(-1_500, rows[0]);
    subject.index().remove(-1_497);
    subject.model().remove(-1_497);
    SearchRequest request = ask(rows[0], 10);
    checkAnswer(subject.model(), request, subject.index().search(request));
  }

  @EachMetric
  void degenerateShapesAreSearchedLikeOthers(Metric metric) {
    List<float[][]> shapes =
        List.of(
            TestVectors.duplicates(20, 10, DIMENSION, 29),
            TestVectors.collinear(200, DIMENSION, 30),
            TestVectors.oneHot(200, DIMENSION),
            TestVectors.wholeNumbers(200, DIMENSION, 31));
    for (float[][] rows : shapes) {
      Subject subject = holding(metric, rows);
      for (float[] query : new float[][] {rows[0], rows[199], QUERIES[2]}) {
        for (int k : new int[] {1, 7, 200}) {
          SearchRequest request = ask(query, k);
          checkAnswer(subject.model(), request, subject.index().search(request));
        }
      }
    }
  }

  @EachMetric
  void filterThatAcceptsNothingFindsNothing(Metric metric) {
    Subject subject = holding(metric, ROWS);
    SearchRequest request = ask(QUERIES[0], 10).filter(id -> false);
    checkAnswer(subject.model(), request, subject.index().search(request));
  }

  @EachMetric
  void filterThatAcceptsAllChangesNothing(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (float[] query : QUERIES) {
      SearchRequest request = ask(query, 10);
      assertSameHits(
          subject.index().search(request.filter(id -> true)), subject.index().search(request));
    }
  }

  @EachMetric
  void filterDecidesWhatIsFound(Metric metric) {
    Subject subject = holding(metric, ROWS);
    List<IdFilter> filters =
        List.of(id -> id % 2 == 0, id -> id % 10 == 3, id -> id < 5, id -> id == 499);
    for (float[] query : QUERIES) {
      for (IdFilter filter : filters) {
        for (int k : new int[] {1, 5, 60, 500}) {
          SearchRequest request = ask(query, k).filter(filter);
          checkAnswer(subject.model(), request, subject.index().search(request));
        }
      }
    }
  }

  @EachMetric
  void exceptionOfAFilterReachesTheCaller(Metric metric) {
    Subject subject = holding(metric, ROWS);
    IllegalStateException failure = new IllegalStateException("the filter is broken");
    AtomicInteger asked = new AtomicInteger();
    IdFilter broken =
        id -> {
          if (asked.incrementAndGet() % 5 == 0) {
            throw failure;
          }
          return true;
        };
    SearchRequest request = ask(QUERIES[0], 10).filter(broken);
    refused(subject.index(), () -> subject.index().search(request)).isSameAs(failure);
    for (int threads : new int[] {1, 4}) {
      refused(
              subject.index(),
              () ->
                  subject
                      .index()
                      .searchAll(
                          List.of(ask(QUERIES[0], 10), request, request, request),
                          BulkOptions.defaults().threads(threads)))
          .isSameAs(failure);
    }
  }

  @EachMetric
  void idSetFindsWhatTheSameFilterFinds(Metric metric) {
    Subject subject = holding(metric, ROWS);
    List<IdSet> sets =
        List.of(
            IdSet.of(),
            IdSet.of(-1, 500, Long.MIN_VALUE, Long.MAX_VALUE),
            IdSet.of(7),
            IdSet.of(-1, 3, 499, 500, 1_000_000, 42),
            IdSet.of(TestVectors.shuffledIds(450, 32)),
            IdSet.of(TestVectors.shuffledIds(10_000, 33)));
    for (float[] query : QUERIES) {
      for (IdSet set : sets) {
        SearchRequest request = ask(query, 10).filter(set);
        Hits hits = subject.index().search(request);
        checkAnswer(subject.model(), request, hits);
        if (exact()) {
          assertSameHits(hits, subject.index().search(request.filter(id -> set.accepts(id))));
        }
      }
    }
  }

  @EachMetric
  void filterMayAskTheIndex(Metric metric) {
    Subject subject = holding(metric, ROWS);
    SearchRequest inner = ask(QUERIES[1], 3);
    Hits expected = subject.index().search(inner);
    IdFilter curious =
        id -> {
          assertThat(subject.index().contains(id)).isTrue();
          assertSameBits(subject.index().vector(id), ROWS[(int) id]);
          assertSameHits(subject.index().search(inner), expected);
          return id % 2 == 0;
        };
    SearchRequest plain = ask(QUERIES[0], 10).filter(id -> id % 2 == 0);
    assertSameHits(subject.index().search(plain.filter(curious)), subject.index().search(plain));
  }

  @EachMetric
  void maxDistanceIsInclusive(Metric metric) {
    Subject subject = holding(metric, ROWS);
    for (float[] query : QUERIES) {
      Hits all = subject.index().search(ask(query, ROWS.length));
      for (int rank : new int[] {0, 1, 17, 250, all.size() - 1}) {
        float limit = all.distance(rank);
        SearchRequest request = ask(query, ROWS.length).maxDistance(limit);
        List<Hit> expected = all.toList().stream().filter(hit -> hit.distance() <= limit).toList();
        assertThat(subject.index().search(request).toList()).isEqualTo(expected);
        SearchRequest fewer = ask(query, 5).maxDistance(limit);
        assertThat(subject.index().search(fewer).size()).isEqualTo(Math.min(5, expected.size()));
        SearchRequest odd = request.filter(id -> id % 2 == 1);
        assertThat(subject.index().search(odd).toList())
            .isEqualTo(expected.stream().filter(hit -> hit.id() % 2 == 1).toList());
      }
      float before = Math.nextDown(all.distance(0));
      assertThat(subject.index().search(ask(query, 10).maxDistance(before)).size()).isZero();
      assertThat(subject.index().search(ask(query, 10).maxDistance(Float.NEGATIVE_INFINITY)).size())
          .isZero();
      assertSameHits(
          subject.index().search(ask(query, 10).maxDistance(Float.MAX_VALUE)),
          subject.index().search(ask(query, 10)));
    }
  }

  @EachMetric
  void longTimeoutsChangeNothing(Metric metric) {
    Subject subject = holding(metric, ROWS);
    SearchRequest request = ask(QUERIES[0], 10);
    for (Duration timeout :
        List.of(
            Duration.ofHours(1),
            Duration.ofNanos(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
      assertSameHits(
          subject.index().search(request.timeout(timeout)), subject.index().search(request));
    }
  }

  @EachMetric
  void timeoutEndsASearch(Metric metric) {
    Subject subject = holding(metric, TestVectors.gaussian(MANY, DIMENSION, 34));
    checkCutShort(subject, ask(QUERIES[0], 10).timeout(Duration.ofNanos(1)));
    // A millisecond for every id that is asked for: the whole search would take six seconds.
    IdFilter slow =
        id -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          return true;
        };
    long start = System.nanoTime();
    checkCutShort(subject, ask(QUERIES[0], MANY).filter(slow).timeout(Duration.ofMillis(20)));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("time taken with a limit of 20 ms")
        .isLessThan(Duration.ofSeconds(4));
  }

  @EachMetric
  void cancellationEndsASearch(Metric metric) {
    Subject subject = holding(metric, TestVectors.gaussian(MANY, DIMENSION, 35));
    SearchRequest request = ask(QUERIES[0], MANY);
    for (int calls : new int[] {0, 1, 3}) {
      AtomicInteger asked = new AtomicInteger();
      Hits hits =
          checkCutShort(subject, request.cancelWhen(() -> asked.getAndIncrement() >= calls));
      if (exact()) {
        assertThat(asked.get()).as("how often it was asked").isGreaterThan(calls);
        assertThat(hits.complete()).isFalse();
      }
    }
    assertSameHits(
        subject.index().search(request.cancelWhen(() -> false)), subject.index().search(request));
  }

  @EachMetric
  void distancesKeepTheirRange(Metric metric) {
    float[][] rows = TestVectors.collinear(300, DIMENSION, 36);
    Subject subject = holding(metric, rows);
    float[] opposite = rows[5].clone();
    for (int d = 0; d < DIMENSION; d++) {
      opposite[d] = -opposite[d];
    }
    for (float[] query : new float[][] {rows[0], rows[5], rows[299], opposite}) {
      for (Hit hit : subject.index().search(ask(query, 300))) {
        float similarity = metric.similarity(hit.distance());
        switch (metric) {
          case L2 -> {
            assertThat(hit.distance()).isNotNegative();
            assertThat(similarity).isBetween(0f, 1f);
          }
          case COSINE -> {
            assertThat(hit.distance()).isBetween(0f, 2f);
            assertThat(similarity).isBetween(0f, 1f);
          }
          case INNER_PRODUCT ->
              assertThat(similarity)
                  .isCloseTo(
                      (float) -Model.distance(metric, query, rows[(int) hit.id()]), within(0.1f));
        }
      }
    }
    if (metric != Metric.INNER_PRODUCT) {
      assertThat(metric.similarity(subject.index().search(ask(rows[5], 1)).distance(0)))
          .as("similarity of a vector with itself")
          .isCloseTo(1, within(1e-6f));
    }
  }

  @EachMetric
  void hitsTellTheWorkDone(Metric metric) {
    Subject subject = holding(metric, ROWS);
    Hits hits = subject.index().search(ask(QUERIES[0], 10));
    SearchStats stats = hits.stats();
    assertThat(stats.strategy()).isNotBlank();
    assertThat(stats.distancesComputed()).isGreaterThanOrEqualTo(hits.size());
    assertThat(stats.nodesVisited()).isNotNegative();
    assertThat(stats.reranked()).isNotNegative();
    assertThat(stats.shardsAsked()).isPositive();
  }

  @EachMetric
  void hitsEndWhereTheyEnd(Metric metric) {
    Hits hits = holding(metric, ROWS).index().search(ask(QUERIES[0], 3));
    List<Hit> iterated = new ArrayList<>();
    hits.forEach(iterated::add);
    assertThat(iterated).hasSize(3).isEqualTo(hits.toList());
    assertThatThrownBy(() -> hits.id(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> hits.distance(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** A search that may be cut short gives either the whole answer or says that it did not. */
  private Hits checkCutShort(Subject subject, SearchRequest request) {
    Hits hits = subject.index().search(request);
    if (hits.complete()) {
      checkAnswer(subject.model(), request, hits);
    } else {
      subject.model().checkSound(request, hits);
    }
    return hits;
  }
}
