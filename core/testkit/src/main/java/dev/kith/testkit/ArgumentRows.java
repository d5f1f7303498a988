package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rows of the contract: a bad argument gives the documented exception and changes nothing. */
abstract class ArgumentRows extends ContractFixture {
  private static final float[][] ROWS = TestVectors.gaussian(40, DIMENSION, 1);

  @EachMetric
  void nullArgumentsAreRefused(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    VectorSource source = VectorSource.of(ROWS);
    List<SearchRequest> requests = List.of(ask(ROWS[0], 3));

    refusedNull(index, () -> index.add(1, nothing()));
    refusedNull(index, () -> index.addAll(nothing(), BulkOptions.defaults()));
    refusedNull(index, () -> index.addAll(source, nothing()));
    refusedNull(index, () -> index.search(nothing()));
    refusedNull(index, () -> index.searchAll(nothing(), BulkOptions.defaults()));
    refusedNull(index, () -> index.searchAll(requests, nothing()));
    refusedNull(index, () -> index.save(nothing()));
    refused(
            index,
            () ->
                index.searchAll(
                    Arrays.asList(requests.get(0), ArgumentRows.<SearchRequest>nothing()),
                    BulkOptions.defaults()))
        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
  }

  @EachMetric
  void nullRowOfABulkIsRefused(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    float[][] bulk = ROWS.clone();
    bulk[23] = nothing();
    refusedArgument(index, () -> index.addAll(VectorSource.of(bulk), BulkOptions.defaults()), 23);
  }

  @EachMetric
  void vectorOfAnotherLengthIsRefused(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    for (int length : new int[] {1, DIMENSION - 1, DIMENSION + 1, 2 * DIMENSION}) {
      refusedEverywhere(index, TestVectors.gaussian(1, length, 2)[0], length, DIMENSION);
    }
    refusedArgument(index, () -> index.add(5, new float[0]), 0, DIMENSION);
  }

  @EachMetric
  void notANumberIsRefusedAnywhere(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    for (int place = 0; place < DIMENSION; place++) {
      refusedEverywhere(index, with(place, Float.NaN), "NaN");
    }
  }

  @EachMetric
  void infinityIsRefusedAnywhere(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    for (int place = 0; place < DIMENSION; place++) {
      refusedEverywhere(index, with(place, Float.POSITIVE_INFINITY), "Infinity");
      refusedEverywhere(index, with(place, Float.NEGATIVE_INFINITY), "-Infinity");
    }
  }

  @EachMetric
  void componentWhoseSquareOverflowsIsRefused(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    for (int place = 0; place < DIMENSION; place++) {
      refusedEverywhere(index, with(place, 1e38f));
      refusedEverywhere(index, with(place, -Float.MAX_VALUE));
    }
  }

  @EachMetric
  void squaredNormThatOverflowsInTheSumIsRefused(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    float[] vector = new float[DIMENSION];
    Arrays.fill(vector, 5e18f);
    refusedEverywhere(index, vector);
  }

  @EachMetric
  void zeroVectorHasNoDirection(Metric metric) {
    float[] positive = new float[DIMENSION];
    float[] negative = new float[DIMENSION];
    Arrays.fill(negative, -0f);
    refusedOnlyUnderCosine(metric, positive);
    refusedOnlyUnderCosine(metric, negative);
  }

  @EachMetric
  void normThatUnderflowsHasNoDirection(Metric metric) {
    float[] all = new float[DIMENSION];
    Arrays.fill(all, 1e-30f);
    refusedOnlyUnderCosine(metric, all);
    float[] one = new float[DIMENSION];
    one[DIMENSION - 1] = Float.MIN_VALUE;
    refusedOnlyUnderCosine(metric, one);
  }

  @EachMetric
  void smallAndLargeNormsAreTaken(Metric metric) {
    MutableVectorIndex index = fresh(DIMENSION, metric);
    float[] small = new float[DIMENSION];
    float[] large = new float[DIMENSION];
    float[] opposite = new float[DIMENSION];
    Arrays.fill(small, 1e-15f);
    large[7] = 1.8e19f;
    opposite[7] = -1.8e19f;
    Model model = new Model(metric);
    float[][] rows = {small, large, opposite};
    for (int i = 0; i < rows.length; i++) {
      index.add(i, rows[i]);
      model.put(i, rows[i]);
    }
    for (float[] query : rows) {
      Hits hits = index.search(ask(query, 3));
      // The squared distance of the two large ones is beyond float32: infinity, not NaN, and still
      // a hit.
      checkAnswer(model, ask(query, 3), hits);
      assertThat(hits.size()).isEqualTo(3);
    }
  }

  @EachMetric
  void badRowOfABulkRefusesAllRows(Metric metric) {
    Subject subject = holding(metric, ROWS);
    MutableVectorIndex index = subject.index();
    float[][] bulk = TestVectors.gaussian(MANY, DIMENSION, 3);
    for (int row : new int[] {0, 1234, MANY - 1}) {
      float[] good = bulk[row];
      for (int threads : new int[] {1, 2, 8}) {
        bulk[row] = with(DIMENSION - 1, Float.NaN);
        refusedArgument(
            index,
            () -> index.addAll(VectorSource.of(bulk), BulkOptions.defaults().threads(threads)),
            row,
            "NaN");
        bulk[row] = new float[DIMENSION + 1];
        refusedArgument(
            index,
            () -> index.addAll(VectorSource.of(bulk), BulkOptions.defaults().threads(threads)),
            row);
      }
      bulk[row] = good;
    }
    checkContent(subject.model(), index);
  }

  @EachMetric
  void sourceThatThrowsChangesNothing(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    IllegalStateException failure = new IllegalStateException("the source is broken");
    VectorSource broken =
        new VectorSource() {
          @Override
          public int size() {
            return MANY;
          }

          @Override
          public long id(int row) {
            return row;
          }

          @Override
          public void copy(int row, float[] target) {
            if (row == MANY / 2) {
              throw failure;
            }
            System.arraycopy(ROWS[row % ROWS.length], 0, target, 0, target.length);
          }
        };
    for (int threads : new int[] {1, 4}) {
      refused(index, () -> index.addAll(broken, BulkOptions.defaults().threads(threads)))
          .isInstanceOf(RuntimeException.class)
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isSameAs(failure),
              thrown -> assertThat(thrown).cause().isSameAs(failure));
    }
  }

  @EachMetric
  void refusedRequestOfManyIsNamed(Metric metric) {
    MutableVectorIndex index = holding(metric, ROWS).index();
    SearchRequest good = ask(ROWS[0], 3);
    SearchRequest bad = ask(TestVectors.gaussian(1, DIMENSION + 2, 1)[0], 3);
    List<SearchRequest> requests = Arrays.asList(new SearchRequest[40]);
    Collections.fill(requests, good);
    requests.set(31, bad);
    for (int threads : new int[] {1, 4}) {
      refusedArgument(
          index,
          () -> index.searchAll(requests, BulkOptions.defaults().threads(threads)),
          31,
          DIMENSION,
          DIMENSION + 2);
    }
  }

  @Test
  void kBelowOneIsRefused() {
    float[] query = ROWS[0];
    for (int k : new int[] {0, -1, Integer.MIN_VALUE}) {
      refusedArgument(holding(Metric.L2, ROWS).index(), () -> ask(query, k), k < 0 ? -k : k);
    }
  }

  @Test
  void timeoutOfNothingIsRefused() {
    SearchRequest request = ask(ROWS[0], 3);
    for (Duration timeout : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> request.timeout(timeout))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(timeout.toString());
    }
  }

  @Test
  void maxDistanceThatIsNoNumberIsRefused() {
    SearchRequest request = ask(ROWS[0], 3);
    assertThatThrownBy(() -> request.maxDistance(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @EachMetric
  void dimensionOutOfRangeIsRefused(Metric metric) {
    for (int dimension : new int[] {0, -1, IndexSpec.MAX_DIMENSION + 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> fresh(dimension, metric))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Integer.toString(dimension));
    }
  }

  private void refusedNull(VectorIndex index, ThrowingCallable call) {
    refused(index, call).isInstanceOf(NullPointerException.class);
  }

  private void refusedOnlyUnderCosine(Metric metric, float[] vector) {
    Subject subject = holding(metric, ROWS);
    MutableVectorIndex index = subject.index();
    if (metric == Metric.COSINE) {
      refusedEverywhere(index, vector);
      return;
    }
    index.add(1_000, vector);
    subject.model().put(1_000, vector);
    index.addAll(
        VectorSource.of(new long[] {1_001}, new float[][] {vector}), BulkOptions.defaults());
    subject.model().put(1_001, vector);
    checkContent(subject.model(), index);
    for (float[] query : new float[][] {vector, ROWS[4]}) {
      SearchRequest request = ask(query, ROWS.length + 2);
      checkAnswer(subject.model(), request, index.search(request));
    }
  }

  /** Every way into the index: a new id, a stored id, rows of a bulk, a query, a query of many. */
  private void refusedEverywhere(MutableVectorIndex index, float[] bad, Object... named) {
    refusedArgument(index, () -> index.add(1_000, bad), named);
    refusedArgument(index, () -> index.add(7, bad), named);
    for (int row : new int[] {0, 23, 39}) {
      float[][] bulk = ROWS.clone();
      bulk[row] = bad;
      refusedArgument(
          index, () -> index.addAll(VectorSource.of(bulk), BulkOptions.defaults()), row);
    }
    refusedArgument(index, () -> index.search(ask(bad, 3)), named);
    refusedArgument(
        index,
        () -> index.searchAll(List.of(ask(ROWS[0], 3), ask(bad, 3)), BulkOptions.defaults()),
        named);
  }

  private static float[] with(int place, float value) {
    float[] vector = ROWS[0].clone();
    vector[place] = value;
    return vector;
  }

  /** Null where the signature allows none: what callers without a nullness checker pass. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }
}
