package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.internal.storage.SmallIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A search whose time is over returns at once, with the best it has seen, and says so. */
class FlatTimeLimitTest {
  private static final int DIMENSION = 16;
  private static final int VECTORS = 20_000;
  private static final Duration NO_TIME = Duration.ofNanos(1);
  private static final BulkOptions ALONE = BulkOptions.defaults().threads(1);

  private static FlatIndex index;
  private static SearchRequest unlimited;
  private static Hits best;

  @BeforeAll
  static void makeIndex() {
    index = FlatIndex.create(DIMENSION, Metric.L2);
    float[][] vectors = new float[VECTORS][];
    for (int i = 0; i < VECTORS; i++) {
      vectors[i] = SmallIndex.vector(DIMENSION, i);
    }
    index.addAll(VectorSource.of(vectors), BulkOptions.defaults());
    unlimited = SearchRequest.of(vectors[VECTORS - 7], 10);
    best = index.search(unlimited);
  }

  @AfterAll
  static void closeIndex() {
    index.close();
  }

  @Test
  void aSlowFilterDoesNotHoldASearchBeyondItsTime() {
    IdFilter slow =
        id -> {
          LockSupport.parkNanos(1_000_000);
          return id % 2 == 0;
        };
    long start = System.nanoTime();
    Hits hits = index.search(unlimited.filter(slow).timeout(Duration.ofMillis(50)));
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    assertThat(hits.complete()).isFalse();
    assertThat(time).as("20,000 rows take 20 s").isLessThan(Duration.ofSeconds(5));
    assertThat(hits.toList()).allMatch(hit -> hit.id() % 2 == 0);
    assertThat(hits.stats().nodesVisited()).isLessThan(VECTORS / 2);
    assertBestAgain();
  }

  @Test
  void withoutAnyTimeNothingIsComplete() {
    IdSet few = IdSet.of(LongStream.range(0, 1000).toArray());
    IdSet many = IdSet.of(LongStream.range(0, VECTORS / 2).toArray());
    SearchRequest hurried = unlimited.timeout(NO_TIME);
    for (SearchRequest request :
        List.of(hurried, hurried.filter(id -> true), hurried.filter(few), hurried.filter(many))) {
      Hits hits = index.search(request);
      assertThat(hits.complete()).as("%s", request).isFalse();
      assertThat(hits.stats().distancesComputed()).as("%s", request).isLessThan(1000);
      for (Hits each : index.searchAll(Collections.nCopies(5, request), ALONE)) {
        assertThat(each.complete()).as("%s in a batch", request).isFalse();
      }
    }
    assertBestAgain();
  }

  @Test
  void aCancelledSearchKeepsTheBestItHasSeen() {
    for (int asked : new int[] {1, 2, 10, 50}) {
      AtomicInteger questions = new AtomicInteger();
      Hits hits = index.search(unlimited.cancelWhen(() -> questions.incrementAndGet() >= asked));
      assertThat(questions).hasValue(asked);
      assertThat(hits.complete()).isFalse();
      long seen = hits.stats().distancesComputed();
      assertThat(seen).isBetween((asked - 1) * 100L, asked * 300L);
      Hits expected = index.search(unlimited.filter(id -> id < seen));
      assertThat(hits.ids()).isEqualTo(expected.ids());
      assertThat(hits.distances()).isEqualTo(expected.distances());
    }
    assertBestAgain();
  }

  /** One request of a batch is out of time; the others are not. */
  @Test
  void inABatchEachRequestHasItsOwnTime() {
    List<SearchRequest> requests = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      requests.add(i % 7 == 3 ? unlimited.timeout(NO_TIME) : unlimited);
    }
    for (BulkOptions options : List.of(ALONE, BulkOptions.defaults().threads(4))) {
      List<Hits> all = index.searchAll(requests, options);
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).complete()).as("request %s", i).isEqualTo(i % 7 != 3);
        if (i % 7 != 3) {
          assertThat(all.get(i).toList()).isEqualTo(best.toList());
        }
      }
    }
  }

  @Test
  void enoughTimeChangesNothing() {
    for (Duration time : List.of(Duration.ofMinutes(1), Duration.ofSeconds(Long.MAX_VALUE))) {
      Hits hits = index.search(unlimited.timeout(time));
      assertThat(hits.complete()).isTrue();
      assertThat(hits.toList()).isEqualTo(best.toList());
    }
  }

  /** Scratch space of a search that was cut short is used by the next one. */
  private static void assertBestAgain() {
    Hits hits = index.search(unlimited);
    assertThat(hits.complete()).isTrue();
    assertThat(hits.toList()).isEqualTo(best.toList());
  }
}
