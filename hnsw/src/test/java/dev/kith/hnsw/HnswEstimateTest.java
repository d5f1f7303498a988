package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate foretells the memory of an index that is built by one addition. */
class HnswEstimateTest {
  /** What an estimate may be off, as its page says. */
  private static final double PROMISED = 0.05;

  /** What the heap may be off: it also holds the scratch of the writer and objects' headers. */
  private static final double TOLERATED = 0.08;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1000, 4, 16",
    "1000, 16, 16",
    "1000, 48, 16",
    "1000, 4, 384",
    "1000, 16, 384",
    "1000, 48, 384",
    "10000, 4, 16",
    "10000, 16, 16",
    "10000, 48, 16",
    "10000, 4, 384",
    "10000, 16, 384",
    "10000, 48, 384"
  })
  void theEstimateIsWithinFivePercentOfWhatAnIndexSaysItHolds(int vectors, int m, int dimension) {
    for (Metric metric : new Metric[] {Metric.L2, Metric.COSINE}) {
      HnswConfig config = HnswConfig.builder(dimension, metric).m(m).efConstruction(4).build();
      try (HnswIndex index = HnswIndex.create(config)) {
        index.addAll(HnswHeapProgram.random(dimension, vectors), BulkOptions.defaults());
        Footprint estimate = HnswIndex.estimate(config, vectors);
        Footprint held = index.stats().footprint();
        assertThat((double) held.totalBytes())
            .as("%s: %s, estimated %s", config, held, estimate)
            .isCloseTo(estimate.totalBytes(), within(PROMISED * estimate.totalBytes()));
        assertThat(held.parts().keySet()).isEqualTo(estimate.parts().keySet());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 16, 8", "1000, 384, 8", "1000, 384, 1", "1000, 100, 4", "10000, 16, 3"})
  void theEstimateCountsTheCodesOfRows(int vectors, int dimension, int rowBits) {
    for (Metric metric : new Metric[] {Metric.L2, Metric.COSINE}) {
      HnswConfig config =
          HnswConfig.builder(dimension, metric).m(4).efConstruction(4).rowBits(rowBits).build();
      try (HnswIndex index = HnswIndex.create(config)) {
        index.addAll(HnswHeapProgram.random(dimension, vectors), BulkOptions.defaults());
        Footprint estimate = HnswIndex.estimate(config, vectors);
        Footprint held = index.stats().footprint();
        assertThat((double) held.totalBytes())
            .as("%s: %s, estimated %s", config, held, estimate)
            .isCloseTo(estimate.totalBytes(), within(PROMISED * estimate.totalBytes()));
        assertThat(held.parts().keySet()).isEqualTo(estimate.parts().keySet());
        assertThat(held.parts()).containsKey("row codes");
      }
    }
  }

  /** In a JVM of its own, whose collector does at once what it is told. */
  @Test
  void theEstimateIsWhatTheHeapReallyHolds() throws Exception {
    List<String> lines = childJvm(HnswHeapProgram.class);
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      String[] words = line.split(" ");
      double estimated = Double.parseDouble(words[0]);
      assertThat(Double.parseDouble(words[1]))
          .as(line)
          .isCloseTo(estimated, within(TOLERATED * estimated));
    }
  }

  private List<String> childJvm(Class<?> main) throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended within a minute").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s", Files.readString(folder.resolve("err"))).isZero();
    return Files.readAllLines(out);
  }

  @Test
  void anEmptyIndexAndTheLargestCanBeEstimated() {
    HnswConfig config = HnswConfig.builder(65_536, Metric.COSINE).m(256).build();
    assertThat(HnswIndex.estimate(config, 0).totalBytes()).isBetween(0L, 1_000L);
    assertThat(HnswIndex.estimate(config, Integer.MAX_VALUE - 64).totalBytes())
        .isGreaterThan((4L * 65_536 + 8 * 256) * (Integer.MAX_VALUE - 64));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Integer.MAX_VALUE - 63L, Long.MAX_VALUE})
  void aNumberOfVectorsThatCannotBeIsRefused(long vectors) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HnswIndex.estimate(HnswConfig.builder(8, Metric.L2).build(), vectors))
        .withMessage("vectors: " + vectors + ", expected 0 to 2147483583");
  }
}
