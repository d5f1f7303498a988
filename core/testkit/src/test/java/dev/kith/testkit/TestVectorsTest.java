package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kith.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class TestVectorsTest {
  private static final List<LongFunction<float[][]>> GENERATORS =
      List.of(
          seed -> TestVectors.gaussian(50, 7, seed),
          seed -> TestVectors.unit(50, 7, seed),
          seed -> TestVectors.clustered(50, 7, 4, seed),
          seed -> TestVectors.duplicates(10, 5, 7, seed),
          seed -> TestVectors.collinear(50, 7, seed),
          seed -> TestVectors.wholeNumbers(50, 7, seed),
          seed -> TestVectors.near(TestVectors.gaussian(9, 7, 1), 50, 0.1f, seed));

  @Test
  void seedDecidesEverything() {
    for (LongFunction<float[][]> generator : GENERATORS) {
      float[][] rows = generator.apply(5);
      assertThat(rows).hasDimensions(50, 7).isDeepEqualTo(generator.apply(5));
      assertThat(Arrays.deepEquals(rows, generator.apply(6))).isFalse();
    }
  }

  /** The figures of the first version: they are part of what other projects' tests rest on. */
  @Test
  void vectorsStayTheSameForEver() {
    long hash = 0;
    for (LongFunction<float[][]> generator : GENERATORS) {
      hash = 31 * hash + Arrays.deepHashCode(generator.apply(1));
    }
    hash = 31 * hash + Arrays.hashCode(TestVectors.shuffledIds(100, 1));
    assertThat(hash).isEqualTo(5_992_701_316_350_830_953L);
  }

  @Test
  void noRowIsZero() {
    for (LongFunction<float[][]> generator : GENERATORS) {
      for (float[] row : generator.apply(5)) {
        assertThat(Model.distance(Metric.INNER_PRODUCT, row, row)).isNegative();
      }
    }
    assertThat(List.of(TestVectors.wholeNumbers(500, 1, 1))).noneMatch(row -> row[0] == 0);
  }

  @Test
  void unitVectorsHaveLengthOne() {
    for (float[] row : TestVectors.unit(50, 300, 1)) {
      assertThat(-Model.distance(Metric.INNER_PRODUCT, row, row)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void clustersLieApart() {
    float[][] rows = TestVectors.clustered(100, 32, 5, 1);
    double within = Model.distance(Metric.L2, rows[0], rows[5]);
    double between = Model.distance(Metric.L2, rows[0], rows[1]);
    assertThat(between).isGreaterThan(10 * within);
  }

  @Test
  void duplicatesOccurAsOftenAsTold() {
    float[][] rows = TestVectors.duplicates(10, 5, 7, 1);
    for (float[] row : rows) {
      assertThat(List.of(rows)).filteredOn(other -> Arrays.equals(row, other)).hasSize(5);
    }
    rows[0][0] = 99;
    assertThat(List.of(rows)).filteredOn(other -> other[0] == 99).hasSize(1);
  }

  @Test
  void collinearVectorsHaveOneDirection() {
    float[][] rows = TestVectors.collinear(40, 16, 1);
    for (float[] row : rows) {
      assertThat(Model.distance(Metric.COSINE, rows[3], row)).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void oneHotVectorsHaveASingleOne() {
    float[][] rows = TestVectors.oneHot(9, 4);
    assertThat(rows[0]).containsExactly(1, 0, 0, 0);
    assertThat(rows[7]).containsExactly(0, 0, 0, 1);
    assertThat(rows[8]).containsExactly(1, 0, 0, 0);
  }

  @Test
  void queriesLieNearTheRows() {
    float[][] rows = TestVectors.gaussian(20, 8, 1);
    for (float[] query : TestVectors.near(rows, 30, 0, 2)) {
      assertThat(List.of(rows)).anyMatch(row -> Arrays.equals(row, query));
    }
  }

  @Test
  void shuffledIdsAreAllIds() {
    long[] ids = TestVectors.shuffledIds(1_000, 1);
    assertThat(ids).isNotEqualTo(TestVectors.shuffledIds(1_000, 2));
    assertThat(ids[999]).isNotEqualTo(999);
    Arrays.sort(ids);
    assertThat(ids).startsWith(0, 1, 2).endsWith(998, 999).doesNotHaveDuplicates();
  }

  @Test
  void badShapesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TestVectors.gaussian(-1, 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> TestVectors.unit(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> TestVectors.clustered(1, 3, 0, 1));
    assertThat(TestVectors.gaussian(0, 3, 1)).isEmpty();
  }
}
