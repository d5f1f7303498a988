package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.testkit.Seed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec makes the index that it describes, and an index gives its spec back. */
class HnswSpecTest {
  private static final HnswConfig DEFAULTS = HnswConfig.builder(6, Metric.COSINE).build();

  private static IndexSpec spec(String text) {
    return IndexSpec.parse(text, 6, Metric.COSINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HNSW16",
        "HNSW2",
        "HNSW256",
        "HNSW32,efc=100,seed=7",
        "HNSW32,efc=1",
        "HNSW32,efc=100000",
        "HNSW8,seed=0",
        "HNSW16,rows=8",
        "HNSW16,rows=1",
        "HNSW16,codes=1",
        "HNSW16,codes=2",
        "HNSW32,efc=100,rows=4,seed=7",
        "HNSW8,seed=18446744073709551615"
      })
  void aSpecMakesAnIndexThatGivesItBack(String text) {
    try (VectorIndex index = VectorIndexes.create(spec(text))) {
      assertThat(index).isInstanceOf(HnswIndex.class);
      assertThat(index.spec()).isEqualTo(spec(text));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HNSW                   | HNSW16
          HNSW16,efc=200         | HNSW16
          HNSW16,efc=200,seed=42 | HNSW16
          HNSW016,efc=0100       | HNSW16,efc=100
          HNSW,seed=007          | HNSW16,seed=7
          HNSW,rows=0,codes=0    | HNSW16
          HNSW,rows=0,codes=2    | HNSW16,codes=2
          HNSW,rows=8,codes=0    | HNSW16,rows=8
          """)
  void whatIsTheDefaultIsLeftOut(String text, String shortest) {
    try (VectorIndex index = VectorIndexes.create(spec(text))) {
      assertThat(index.spec()).isEqualTo(spec(shortest));
    }
  }

  @Test
  void everyPartReachesTheConfig() {
    assertThat(HnswSpec.config(spec("HNSW32,efc=100,seed=7")))
        .isEqualTo(new HnswConfig(6, Metric.COSINE, 32, 100, 7));
    assertThat(HnswSpec.config(spec("HNSW32,efc=100,rows=3,seed=7")))
        .isEqualTo(new HnswConfig(6, Metric.COSINE, 32, 100, 3, 0, 7));
    assertThat(HnswSpec.config(spec("HNSW32,efc=100,codes=2,seed=7")))
        .isEqualTo(new HnswConfig(6, Metric.COSINE, 32, 100, 0, 2, 7));
    assertThat(HnswSpec.config(spec("HNSW"))).isEqualTo(DEFAULTS);
  }

  @Test
  void everyConfigRoundTrips(@Seed long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      boolean ofRows = random.nextBoolean();
      HnswConfig config =
          new HnswConfig(
              random.nextInt(1, 65_537),
              Metric.values()[random.nextInt(Metric.values().length)],
              random.nextInt(2, 257),
              random.nextInt(1, 100_001),
              ofRows ? random.nextInt(9) : 0,
              ofRows ? 0 : random.nextInt(3),
              random.nextLong());
      assertThat(HnswSpec.config(HnswSpec.of(config.parameters()))).isEqualTo(config);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HNSW0                          | m: 0, expected 2 to 256
          HNSW1                          | m: 1, expected 2 to 256
          HNSW257                        | m: 257, expected 2 to 256
          HNSW9999                       | m: 9999, expected 2 to 256
          HNSW16,efc=0                   | efConstruction: 0, expected 1 to 100000
          HNSW16,efc=100001              | efConstruction: 100001, expected 1 to 100000
          HNSW16,seed=18446744073709551616 | seed: 18446744073709551616, expected 0 to 2^64 - 1
          HNSW16,rows=9                  | rowBits: 9, expected 0 to 8
          HNSW16,codes=3                 | codeBits: 3, expected 0 to 2
          HNSW16,rows=8,codes=1          | rowBits and codeBits: 8 and 1, expected 0 for one of them
          """)
  void aNumberOutOfRangeIsRefusedByNameValueAndRange(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorIndexes.create(spec(text)))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HNSW12345",
        "HNSW16,efc=",
        "HNSW16,efc=1234567",
        "HNSW16,seed=1,efc=5",
        "HNSW16,seed=",
        "HNSW16,efc=5,efc=6",
        "HNSW16,rows=",
        "HNSW16,rows=10",
        "HNSW16,rows=8,efc=5",
        "HNSW16,codes=1,rows=8",
        "HNSW16,seed=1,rows=8",
        "HNSW16,ef=5",
        "HNSW16,Flat",
        "hnsw16",
        "HNSWx"
      })
  void aTextThatIsNotOfThisKindIsRefusedWithTheText(String text) {
    assertThat(HnswSpec.matches(spec(text))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HnswSpec.config(spec(text)))
        .withMessage(
            "spec: \""
                + text
                + "\", expected HNSW<m>[,efc=<n>][,rows=<bits>][,codes=<bits>][,seed=<n>]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorIndexes.create(spec(text)))
        .withMessageContaining(text);
  }
}
