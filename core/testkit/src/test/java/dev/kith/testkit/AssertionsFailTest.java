package dev.kith.testkit;

import static dev.kith.testkit.KithAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchParams;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import dev.kith.eval.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every assertion passes when it should and fails, with a useful message, when it should. */
class AssertionsFailTest {
  private static final int DIMENSION = 8;
  private static final float[][] ROWS = TestVectors.clustered(400, DIMENSION, 8, 71);
  private static final float[][] QUERIES = TestVectors.near(ROWS, 30, 0.1f, 72);
  private static final Dataset DATASET =
      Dataset.of("clusters", Metric.L2, VectorSource.of(ROWS), QUERIES, 20, BulkOptions.defaults());

  private final VectorIndex exact = holding(new ReferenceIndex(DIMENSION, Metric.L2), ROWS);

  /** Never finds every tenth id. */
  private final VectorIndex forgetful =
      holding(
          new ReferenceIndex(DIMENSION, Metric.L2) {
            @Override
            protected boolean accepts(SearchRequest request, long id) {
              return id % 10 != 3 && super.accepts(request, id);
            }
          },
          ROWS);

  @Test
  void recall() {
    assertThat(exact).on(DATASET).withK(10).hasRecallAtLeast(1).hasRecallAtLeast(0.5);
    assertThat(forgetful).on(DATASET).withK(10).hasRecallAtLeast(0.7);
    fails(() -> assertThat(forgetful).on(DATASET).withK(10).hasRecallAtLeast(0.99))
        .hasMessageContaining("expected recall@10 of at least 0.99 on Dataset[clusters")
        .hasMessageContaining("but it is 0.")
        .hasMessageContaining("worst queries:")
        .hasMessageContaining("misses ids [")
        .hasMessageMatching("(?s).*query \\d+: recall 0\\.\\d\\d, misses ids \\[\\d*3.*");
  }

  @Test
  void recallWithoutDataset() {
    assertThat(exact).on(QUERIES).hasRecallAtLeast(1);
    fails(() -> assertThat(forgetful).on(QUERIES).hasRecallAtLeast(0.99))
        .hasMessageContaining("expected recall@10 of at least 0.99 on 30 queries");
  }

  @Test
  void recallUnderAFilter() {
    assertThat(exact).on(DATASET).withFilter(id -> id % 3 == 0).hasRecallAtLeast(1);
    assertThat(forgetful).on(QUERIES).withFilter(id -> id % 10 != 3).hasRecallAtLeast(1);
    fails(() -> assertThat(forgetful).on(DATASET).withFilter(id -> id == 3).hasRecallAtLeast(0.1));
    fails(() -> assertThat(forgetful).on(QUERIES).withFilter(id -> id == 3).hasRecallAtLeast(0.1))
        .hasMessageContaining("recall 0.00, misses ids [3], has hits []");
  }

  @Test
  void onlyTheLastCallAsserts() {
    List<SearchRequest> asked = new ArrayList<>();
    VectorIndex watched =
        holding(
            new ReferenceIndex(DIMENSION, Metric.L2) {
              @Override
              public Hits search(SearchRequest request) {
                asked.add(request);
                return super.search(request);
              }
            },
            ROWS);
    SearchParams params = new SearchParams() {};
    SearchAssert collected = assertThat(watched).on(DATASET).withK(7).withParams(params);
    assertThat(asked).isEmpty();
    collected.hasRecallAtLeast(1);
    assertThat(asked)
        .hasSize(QUERIES.length)
        .allMatch(request -> request.k() == 7 && request.params() == params);
  }

  @Test
  void mistakesInTheAssertionItself() {
    SearchAssert search = assertThat(exact).on(DATASET);
    assertThatIllegalArgumentException().isThrownBy(() -> use(search.withK(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> use(search.withK(21)))
        .withMessageContaining("1 to 20");
    for (double recall : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> search.hasRecallAtLeast(recall));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> use(assertThat(exact).on()));
    assertThatThrownBy(() -> use(search.withFilter(null))).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> use(search.withParams(null))).isInstanceOf(NullPointerException.class);
  }

  @Test
  void sameAnswers() {
    VectorIndex twin = holding(new ReferenceIndex(DIMENSION, Metric.L2), ROWS);
    assertThat(exact).on(DATASET).answersLike(twin);
    assertThat(exact).on(QUERIES).withK(400).answersLike(twin);
    assertThat(exact).on(QUERIES).withFilter(id -> id % 10 != 3).answersLike(forgetful);
    fails(() -> assertThat(forgetful).on(QUERIES).withK(400).answersLike(twin))
        .hasMessageContaining("all 30 queries with k = 400, but 30 differ; the first is query 0");
    VectorIndex farther =
        holding(
            new ReferenceIndex(DIMENSION, Metric.L2) {
              @Override
              protected float distance(float[] query, float[] vector) {
                return Math.nextUp(super.distance(query, vector));
              }
            },
            ROWS);
    fails(() -> assertThat(farther).on(QUERIES).answersLike(twin));
  }

  @Test
  void content() {
    assertThat(exact).hasSize(400).contains(0, 7, 399).doesNotContain(-1, 400);
    assertThat(exact).hasVector(7, ROWS[7]);
    assertThat(new ReferenceIndex(3, Metric.COSINE)).isEmpty().hasIds().hasSize(0);
    VectorIndex two = holding(new ReferenceIndex(1, Metric.L2), new float[][] {{0f}, {1f}});
    assertThat(two).hasIds(1, 0).hasIds(0, 1, 1);

    fails(() -> assertThat(exact).hasSize(399)).hasMessageContaining("size 399, but it has 400");
    fails(() -> assertThat(exact).isEmpty()).hasMessageContaining("it has 400");
    fails(() -> assertThat(exact).contains(5, 400, -1)).hasMessageContaining("id [400, -1]");
    fails(() -> assertThat(exact).doesNotContain(-5, 5)).hasMessageContaining("holds [5]");
    fails(() -> assertThat(two).hasIds(0, 2))
        .hasMessageContaining("[2] are missing and [1] are too many");
    fails(() -> assertThat(two).hasVector(0, 1f)).hasMessageContaining("component 0");
    fails(() -> assertThat(two).hasVector(0, -0f));
    fails(() -> assertThat(two).hasVector(0, 0f, 0f));
    fails(() -> assertThat(two).hasVector(9, 0f)).hasMessageContaining("there is none");
    fails(() -> assertThat((VectorIndex) null).hasSize(0));
  }

  @Test
  void hits() {
    Hits hits = hits(true, 4, 1f, 2, 1.5f, 9, 1.5f);
    assertThat(hits).hasSize(3).hasIds(4, 2, 9).contains(9, 4).doesNotContain(1, 3);
    assertThat(hits).hasNearest(4).areWithin(1.5f).isSorted().isComplete();
    assertThat(hits).hasSameHitsAs(hits(true, 4, 1f, 2, 1.5f, 9, 1.5f));
    assertThat(hits(false)).isEmpty().isIncomplete().hasIds().contains().areWithin(0).isSorted();

    fails(() -> assertThat(hits).hasSize(2)).hasMessageContaining("2 hits, but there are 3");
    fails(() -> assertThat(hits).isEmpty());
    fails(() -> assertThat(hits).hasIds(4, 9, 2)).hasMessageContaining("at rank 1");
    fails(() -> assertThat(hits).hasIds(4, 2));
    fails(() -> assertThat(hits).contains(2, 5, 6)).hasMessageContaining("[5, 6] are missing");
    fails(() -> assertThat(hits).doesNotContain(2, 5)).hasMessageContaining("[2] are in");
    fails(() -> assertThat(hits).hasNearest(2)).hasMessageContaining("id 2 as the nearest");
    fails(() -> assertThat(hits(true)).hasNearest(2));
    fails(() -> assertThat(hits).areWithin(1.4f)).hasMessageContaining("id 2 at rank 1 is at 1.5");
    fails(() -> assertThat(hits).isIncomplete());
    fails(() -> assertThat(hits(false)).isComplete());
    fails(() -> assertThat(hits).hasSameHitsAs(hits(true, 4, 1f, 2, 1.5f, 9, 1.6f)));
    fails(() -> assertThat(hits).hasSameHitsAs(hits(true, 4, 1f, 2, 1.5f, 8, 1.5f)));
    fails(() -> assertThat(hits).hasSameHitsAs(hits(true, 4, 1f)));
    fails(() -> assertThat(hits).hasSameHitsAs(hits(false, 4, 1f, 2, 1.5f, 9, 1.5f)));
    fails(() -> assertThat((Hits) null).isComplete());
  }

  @Test
  void order() {
    // Hits refuse to be made out of order, so the check is given the arrays of one that was.
    HitsAssert check = assertThat(hits(true));
    assertThatCode(() -> check.checkSorted(new long[] {1, 2, 3}, new float[] {1, 1, 2}))
        .doesNotThrowAnyException();
    fails(() -> check.checkSorted(new long[] {1, 2}, new float[] {2, 1}));
    fails(() -> check.checkSorted(new long[] {2, 1}, new float[] {1, 1}));
    fails(() -> check.checkSorted(new long[] {2, 2}, new float[] {1, 1}));
    fails(() -> check.checkSorted(new long[] {2, 2}, new float[] {1, 2}));
    fails(() -> check.checkSorted(new long[] {1, 2}, new float[] {1, Float.NaN}));
  }

  @Test
  void descriptionsTravelAlong() {
    fails(() -> assertThat(exact).as("the night shift").on(DATASET).answersLike(forgetful))
        .hasMessageStartingWith("[the night shift] ");
    fails(() -> assertThat(exact).as("%s sure", "100%").hasSize(1))
        .hasMessageStartingWith("[100% sure] ");
  }

  @Test
  void longListsAreCut() {
    fails(() -> assertThat(exact).hasIds()).hasMessageContaining("18, 19, ... 400 in all] are too");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> fails(ThrowingCallable assertion) {
    return assertThatThrownBy(assertion).isInstanceOf(AssertionError.class);
  }

  private static void use(Object ignored) {}

  private static VectorIndex holding(ReferenceIndex index, float[][] rows) {
    index.addAll(VectorSource.of(rows), BulkOptions.defaults());
    return index;
  }

  private static Hits hits(boolean complete, float... idsAndDistances) {
    long[] ids = new long[idsAndDistances.length / 2];
    float[] distances = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (long) idsAndDistances[2 * i];
      distances[i] = idsAndDistances[2 * i + 1];
    }
    return Hits.of(ids, distances, complete, new SearchStats("made up", 0, 0, 0, 1));
  }
}
