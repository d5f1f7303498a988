package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A config holds what it was given, or says by name what it does not take. */
class HnswConfigTest {
  private static HnswConfig.Builder builder() {
    return HnswConfig.builder(8, Metric.L2);
  }

  @Test
  void aBuilderBeginsWithTheDefaults() {
    assertThat(HnswConfig.builder(384, Metric.COSINE).build())
        .isEqualTo(new HnswConfig(384, Metric.COSINE, 16, 200, 42));
  }

  @Test
  void aBuilderSetsEveryParameter() {
    assertThat(builder().m(5).efConstruction(17).seed(-3).build())
        .isEqualTo(new HnswConfig(8, Metric.L2, 5, 17, -3));
    assertThat(builder().m(5).efConstruction(17).rowBits(6).seed(-3).build())
        .isEqualTo(new HnswConfig(8, Metric.L2, 5, 17, 6, 0, -3));
    assertThat(builder().m(5).efConstruction(17).codeBits(2).seed(-3).build())
        .isEqualTo(new HnswConfig(8, Metric.L2, 5, 17, 0, 2, -3));
  }

  @Test
  void bothEndsOfEveryRangeAreTaken() {
    assertThat(builder().m(2).efConstruction(1).seed(Long.MIN_VALUE).build())
        .isEqualTo(new HnswConfig(8, Metric.L2, 2, 1, Long.MIN_VALUE));
    assertThat(builder().m(256).efConstruction(100_000).seed(Long.MAX_VALUE).build())
        .isEqualTo(new HnswConfig(8, Metric.L2, 256, 100_000, Long.MAX_VALUE));
    assertThat(HnswConfig.builder(1, Metric.L2).build().dimension()).isEqualTo(1);
    assertThat(HnswConfig.builder(65_536, Metric.L2).build().dimension()).isEqualTo(65_536);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 257, Integer.MAX_VALUE})
  void anMOutOfRangeIsRefusedByNameValueAndRange(int m) {
    assertThatIllegalArgumentException()
        .isThrownBy(builder().m(m)::build)
        .withMessage("m: " + m + ", expected 2 to 256");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 100_001, Integer.MAX_VALUE})
  void anEfConstructionOutOfRangeIsRefusedByNameValueAndRange(int efConstruction) {
    assertThatIllegalArgumentException()
        .isThrownBy(builder().efConstruction(efConstruction)::build)
        .withMessage("efConstruction: " + efConstruction + ", expected 1 to 100000");
  }

  @Test
  void everyNumberOfBitsIsTaken() {
    for (int bits = 0; bits <= 8; bits++) {
      assertThat(builder().rowBits(bits).build().rowBits()).isEqualTo(bits);
    }
    for (int bits = 0; bits <= 2; bits++) {
      assertThat(builder().codeBits(bits).build().codeBits()).isEqualTo(bits);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 9, 32, Integer.MAX_VALUE})
  void rowBitsOutOfRangeAreRefusedByNameValueAndRange(int bits) {
    assertThatIllegalArgumentException()
        .isThrownBy(builder().rowBits(bits)::build)
        .withMessage("rowBits: " + bits + ", expected 0 to 8");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 3, Integer.MAX_VALUE})
  void codeBitsOutOfRangeAreRefusedByNameValueAndRange(int bits) {
    assertThatIllegalArgumentException()
        .isThrownBy(builder().codeBits(bits)::build)
        .withMessage("codeBits: " + bits + ", expected 0 to 2");
  }

  @Test
  void bothKindsOfCodesAtOnceAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(builder().rowBits(4).codeBits(2)::build)
        .withMessage("rowBits and codeBits: 4 and 2, expected 0 for one of them");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_537, Integer.MAX_VALUE})
  void aDimensionOutOfRangeIsRefusedByNameValueAndRange(int dimension) {
    assertThatIllegalArgumentException()
        .isThrownBy(HnswConfig.builder(dimension, Metric.L2)::build)
        .withMessage("dimension: " + dimension + ", expected 1 to 65536");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aMissingMetricIsRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> new HnswConfig(8, null, 16, 200, 42))
        .withMessage("metric");
  }

  /** As long as it is the default, the spec does not name it. */
  @Test
  void anIndexTellsWhatItWasBuiltWith() {
    HnswConfig config = HnswConfig.builder(8, Metric.COSINE).m(7).efConstruction(33).build();
    try (MutableVectorIndex index = HnswIndex.create(config)) {
      assertThat(index.spec()).isEqualTo(new IndexSpec("HNSW7,efc=33", 8, Metric.COSINE));
      assertThat(index.dimension()).isEqualTo(8);
      assertThat(index.metric()).isEqualTo(Metric.COSINE);
    }
  }
}
