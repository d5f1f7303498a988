package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.hnsw.internal.DocPage;
import dev.kith.hnsw.internal.DocPage.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/parameters.md has every knob, with the ranges and defaults of the code. */
class ParametersPageTest {
  private static final long MILLION = 1_000_000;

  private final DocPage page = DocPage.read("parameters.md");
  private final Table config = page.table("Fixed when the index is made: `HnswConfig`");
  private final Table search = page.table("With each request: `HnswSearchParams`");
  private final Table request = page.table("With each request of any index: `SearchRequest`");
  private final Table bulk = page.table("Long work: `BulkOptions`");

  ParametersPageTest() throws IOException {}

  @Test
  void everyKnobOfTheRecordsHasARowAndAParagraph() {
    assertThat(names(config)).isEqualTo(components(HnswConfig.class));
    assertThat(names(search)).isEqualTo(components(HnswSearchParams.class));
    assertThat(names(request))
        .containsExactly("k", "filter", "timeout", "maxDistance", "cancelWhen");
    for (Table table : List.of(config, search, request, bulk)) {
      for (String name : names(table)) {
        assertThat(page.text()).contains("**`" + name + "`**");
      }
    }
  }

  private static List<String> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(part -> part.getName()).toList();
  }

  private static List<String> names(Table table) {
    return table.cells("name").stream().map(name -> name.replace("`", "")).toList();
  }

  @Test
  void defaultsAreThoseOfTheCode() {
    HnswConfig defaults = HnswConfig.builder(7, Metric.L2).build();
    assertThat(config.named("m").get("default")).isEqualTo("" + defaults.m());
    assertThat(config.named("efConstruction").get("default"))
        .isEqualTo("" + defaults.efConstruction());
    assertThat(config.named("rowBits").get("default")).isEqualTo("" + defaults.rowBits());
    assertThat(config.named("codeBits").get("default")).isEqualTo("" + defaults.codeBits());
    assertThat(config.named("seed").get("default")).isEqualTo("" + defaults.seed());
    assertThat(search.named("rerankFactor").get("default"))
        .isEqualTo("" + new HnswSearchParams(10).rerankFactor());
    assertThat(search.named("efSearch").get("default"))
        .isEqualTo("" + HnswSearchParams.DEFAULT_EF_SEARCH);
    assertThat(BulkOptions.defaults().threads())
        .as(bulk.named("threads").get("default"))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void rangesAreThoseOfTheCode() {
    assertThat(config.named("dimension").get("range")).isEqualTo("1 to " + IndexSpec.MAX_DIMENSION);
    assertRange(config.named("dimension"), n -> HnswConfig.builder((int) n, Metric.L2).build());
    assertRange(config.named("m"), n -> HnswConfig.builder(1, Metric.L2).m((int) n).build());
    assertRange(
        config.named("efConstruction"),
        n -> HnswConfig.builder(1, Metric.L2).efConstruction((int) n).build());
    assertRange(
        config.named("codeBits"), n -> HnswConfig.builder(1, Metric.L2).codeBits((int) n).build());
    assertRange(
        config.named("rowBits"), n -> HnswConfig.builder(1, Metric.L2).rowBits((int) n).build());
    assertRange(search.named("rerankFactor"), n -> new HnswSearchParams(10, (int) n));
    assertRange(search.named("efSearch"), n -> new HnswSearchParams((int) n));
    assertRange(bulk.named("threads"), n -> BulkOptions.defaults().threads((int) n));
    assertRange(request.named("k"), n -> SearchRequest.of(new float[] {1}, (int) n));
    assertThat(config.named("metric").get("range"))
        .isEqualTo(String.join(", ", Stream.of(Metric.values()).map(m -> "`" + m + "`").toList()));
  }

  /** Fails unless both ends are taken and what lies beyond them is refused. */
  private static void assertRange(Map<String, String> row, LongConsumer use) {
    String[] ends = row.get("range").split(" to ");
    long least = Long.parseLong(ends[0]);
    long most = Long.parseLong(ends[1]);
    for (long end : new long[] {least, most}) {
      assertThatCode(() -> use.accept(end)).as("%s: %s", row, end).doesNotThrowAnyException();
    }
    for (long beyond : new long[] {least - 1, most + 1}) {
      assertThatThrownBy(() -> use.accept(beyond))
          .as("%s: %s", row, beyond)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theSpecsOfThePageAreUnderstood() {
    assertThat(HnswSpec.config(IndexSpec.parse("HNSW16", 3, Metric.L2)))
        .as("in the page: " + required("`HNSW16` is m 16 with the other defaults"))
        .isEqualTo(HnswConfig.builder(3, Metric.L2).m(16).build());
    assertThat(HnswSpec.config(IndexSpec.parse("HNSW32,efc=100,seed=7", 3, Metric.L2)))
        .as("in the page: " + required("`HNSW32,efc=100,seed=7` sets all three"))
        .isEqualTo(new HnswConfig(3, Metric.L2, 32, 100, 7));
  }

  private String required(String text) {
    assertThat(page.text()).contains(text);
    return text;
  }

  @Test
  void theFormulasOfMemoryAreThoseOfTheEstimate() {
    Table memory = page.table("Memory");
    for (int dimension : new int[] {1, 16, 17, 784}) {
      for (Metric metric : Metric.values()) {
        for (int m : new int[] {2, 16, 48}) {
          Footprint estimate = perMillion(dimension, metric, m);
          assertThat(memory.cells("part")).containsExactlyElementsOf(estimate.parts().keySet());
          for (Map<String, String> row : memory.rows()) {
            double[] range = range(row.get("bytes a vector"), dimension, metric, m);
            assertThat(estimate.parts().get(row.get("part")) / (double) MILLION)
                .as("%s of %s dimensions, %s, m %s", row, dimension, metric, m)
                .isBetween(range[0] - 1e-5, range[1] + 1e-5);
          }
        }
      }
    }
  }

  /** What the formulas of the page mean. */
  private static double[] range(String formula, int dimension, Metric metric, int m) {
    double padded = (dimension + 15) / 16 * 16;
    double exact =
        switch (formula) {
          case "4 * ceil16(dimension), and 8 more under COSINE" ->
              4 * padded + (metric == Metric.COSINE ? 8 : 0);
          case "8 * m + 4 + 4 * m / (m - 1) + 16 / m" -> 8.0 * m + 4 + 4.0 * m / (m - 1) + 16.0 / m;
          case "8.125" -> 8.125;
          case "18 to 36, as its size is a power of two" -> -1;
          default -> throw new AssertionError("no such formula: " + formula);
        };
    return exact < 0 ? new double[] {18, 36} : new double[] {exact, exact};
  }

  @Test
  void theExamplesOfMemoryAreTheEstimates() {
    Table examples = page.table("Examples");
    assertThat(examples.rows()).hasSize(2);
    assertExample(examples.rows().get(0), "384, COSINE, m 16", perMillion(384, Metric.COSINE, 16));
    assertExample(examples.rows().get(1), "768, L2, m 32", perMillion(768, Metric.L2, 32));
  }

  private static void assertExample(Map<String, String> row, String name, Footprint estimate) {
    assertThat(row.get("example")).isEqualTo("1,000,000 x " + name);
    assertThat(row.get("rows")).isEqualTo(perVector(estimate.parts().get("rows")));
    assertThat(row.get("links")).isEqualTo(perVector(estimate.parts().get("links")));
    assertThat(row.get("all")).isEqualTo(perVector(estimate.totalBytes()));
  }

  private static String perVector(long bytes) {
    return "" + Math.round(bytes / (double) MILLION);
  }

  private static Footprint perMillion(int dimension, Metric metric, int m) {
    return HnswIndex.estimate(HnswConfig.builder(dimension, metric).m(m).build(), MILLION);
  }
}
