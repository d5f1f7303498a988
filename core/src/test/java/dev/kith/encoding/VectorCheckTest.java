package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.support.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorCheckTest {
  private static final int DIMENSION = 20;
  private static final int ROWS = 3000;

  private static float[] filled(float value) {
    float[] vector = new float[DIMENSION];
    Arrays.fill(vector, value);
    return vector;
  }

  private static void assertRefused(Metric metric, float[] vector, String message) {
    VectorCheck check = new VectorCheck(DIMENSION, metric);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.check("vector", vector))
        .withMessage(message);
    assertThatCode(() -> check.check("next", filled(1))).doesNotThrowAnyException();
  }

  private static void assertTaken(Metric metric, float[] vector) {
    assertThatCode(() -> new VectorCheck(DIMENSION, metric).check("vector", vector))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void anotherDimensionIsRefused(Metric metric) {
    assertRefused(metric, new float[19], "vector: dimension 19, expected 20");
    assertRefused(metric, new float[21], "vector: dimension 21, expected 20");
    assertRefused(metric, new float[0], "vector: dimension 0, expected 20");
  }

  @ParameterizedTest
  @EnumSource
  void notANumberAndInfinityAreRefusedWhereverTheyStand(Metric metric) {
    float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (float value : bad) {
      for (int i = 0; i < DIMENSION; i++) {
        float[] vector = filled(1);
        vector[i] = value;
        assertRefused(
            metric,
            vector,
            "vector: component " + i + " is " + value + ", expected a finite number");
      }
    }
  }

  @Test
  void ofSeveralBadComponentsTheFirstIsNamed() {
    float[] vector = filled(1e38f);
    vector[7] = Float.POSITIVE_INFINITY;
    vector[11] = Float.NaN;

    assertRefused(Metric.L2, vector, "vector: component 7 is Infinity, expected a finite number");
  }

  @ParameterizedTest
  @EnumSource
  void aSquaredNormBeyondTheLargestFloatIsRefused(Metric metric) {
    String rest = metric == Metric.COSINE ? " of at least 1.1754944E-38 under COSINE" : "";
    String message = "vector: squared norm Infinity in float32, expected a finite number" + rest;

    assertRefused(metric, filled(1e38f), message);
    assertRefused(metric, filled(4.2e18f), message);
    assertTaken(metric, filled(4.1e18f));
  }

  @Test
  void cosineRefusesAVectorWhoseNormIsZeroOrUnderflows() {
    float[] smallest = new float[DIMENSION];
    smallest[3] = 0x1p-63f;

    assertTaken(Metric.COSINE, smallest);
    smallest[3] = Math.nextDown(0x1p-63f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorCheck(DIMENSION, Metric.COSINE).check("vector", smallest))
        .withMessageContaining("expected a finite number of at least 1.1754944E-38");
    assertRefused(
        Metric.COSINE,
        filled(-0f),
        "vector: squared norm 0.0 in float32, expected a finite number of at least"
            + " 1.1754944E-38 under COSINE");
    assertRefused(
        Metric.COSINE,
        filled(1e-30f),
        "vector: squared norm 0.0 in float32, expected a finite number of at least"
            + " 1.1754944E-38 under COSINE");
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "INNER_PRODUCT"})
  void otherMetricsTakeTheZeroVectorAndTinyOnes(Metric metric) {
    assertTaken(metric, filled(0));
    assertTaken(metric, filled(Float.MIN_VALUE));
  }

  @Test
  void theQueryOfARequestIsHeldToTheSameRules() {
    VectorCheck check = new VectorCheck(DIMENSION, Metric.COSINE);
    check.check("query", SearchRequest.of(filled(1), 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.check("request 7", SearchRequest.of(new float[] {1, 2}, 3)))
        .withMessage("request 7: dimension 2, expected 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.check("request 8", SearchRequest.of(filled(1e38f), 3)))
        .withMessageStartingWith("request 8: squared norm Infinity in float32, expected");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.check("query", SearchRequest.of(filled(0), 3)))
        .withMessageStartingWith("query: squared norm 0.0 in float32, expected");
  }

  private static float[][] goodRows() {
    float[][] rows = new float[ROWS][];
    Arrays.setAll(rows, i -> filled(i + 1));
    return rows;
  }

  private static void assertAllRefused(float[][] rows, int threads, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                VectorCheck.checkAll(
                    VectorSource.of(rows),
                    DIMENSION,
                    Metric.COSINE,
                    BulkOptions.defaults().threads(threads)))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void ofSeveralBadRowsTheFirstIsNamed(int threads) {
    Seeds.run(
        10,
        random -> {
          float[][] rows = goodRows();
          int[] bad = random.ints(5, 0, ROWS).sorted().distinct().toArray();
          for (int row : bad) {
            rows[row][5] = Float.NaN;
          }
          assertAllRefused(
              rows, threads, "row " + bad[0] + ": component 5 is NaN, expected a finite number");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aRowTheSourceRefusesIsNamedToo(int threads) {
    float[][] rows = goodRows();
    rows[2900] = filled(0);
    rows[1700] = new float[3];
    assertAllRefused(rows, threads, "row 1700: the vector has dimension 3, expected 20");
    rows[511] = null;
    assertAllRefused(rows, threads, "row 511: the vector is null");
  }

  @Test
  void anExceptionOfTheSourceReachesTheCallerAsItIs() {
    IllegalStateException failure = new IllegalStateException("the disk is gone");
    VectorSource source =
        new VectorSource() {
          @Override
          public int size() {
            return ROWS;
          }

          @Override
          public long id(int row) {
            return row;
          }

          @Override
          public void copy(int row, float[] target) {
            if (row == 1234) {
              throw failure;
            }
            Arrays.fill(target, 1);
          }
        };

    assertThatThrownBy(
            () -> VectorCheck.checkAll(source, DIMENSION, Metric.L2, BulkOptions.defaults()))
        .isSameAs(failure);
  }

  @Test
  void goodRowsAndNoRowsPass() {
    BulkOptions options = BulkOptions.defaults();
    VectorCheck.checkAll(VectorSource.of(goodRows()), DIMENSION, Metric.COSINE, options);
    VectorCheck.checkAll(VectorSource.of(new float[0][]), DIMENSION, Metric.COSINE, options);

    assertAllRefused(
        new float[][] {filled(0)},
        1,
        "row 0: squared norm 0.0 in float32,"
            + " expected a finite number of at least 1.1754944E-38 under COSINE");
  }

  @Test
  void aCancelledCheckSaysThatNothingWasAdded() {
    BulkOptions cancelled = BulkOptions.defaults().cancelWhen(() -> true);

    assertThatThrownBy(
            () ->
                VectorCheck.checkAll(VectorSource.of(goodRows()), DIMENSION, Metric.L2, cancelled))
        .isInstanceOfSatisfying(BulkCancelledException.class, e -> assertThat(e.added()).isZero());
  }
}
