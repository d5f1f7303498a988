package dev.kith.hnsw.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.internal.DocPage.Table;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.rows.RowSections;
import dev.kith.internal.rows.TableRows;
import dev.kith.internal.storage.FileType;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of the graph index says what the code does. */
class HnswFormatPageTest {
  private static final int DIMENSION = 19;
  private static final int COUNT = 300;
  private static final int M = 3;
  private static final int EF_CONSTRUCTION = 77;
  private static final long SEED = 1L << 40;

  @TempDir private Path folder;

  private final DocPage page = DocPage.read("format/hnsw.md");
  private final DocPage rows = DocPage.read("format/rows.md");
  private final DocPage container = DocPage.read("format/container.md");

  HnswFormatPageTest() throws IOException {}

  /** What the formulas of the pages mean. */
  private static long length(String formula, Metric metric, long count, int m, long blocks) {
    long padded = (DIMENSION + 15) / 16 * 16L;
    return switch (formula) {
      case "40" -> 40;
      case "8 * count" -> 8 * count;
      case "4 * count" -> 4 * count;
      case "4 * ceil16(dimension) * count" -> 4 * padded * count;
      case "8 * count under COSINE, else 0" -> metric == Metric.COSINE ? 8 * count : 0;
      case "4 * (count + 1)" -> 4 * (count + 1);
      case "8 * m * count" -> 8 * m * count;
      case "4 * m * blocks" -> 4 * m * blocks;
      default -> throw new AssertionError("no such formula: " + formula);
    };
  }

  private String formula(Map<String, String> section) {
    String length = section.get("length");
    return length.contains("rows.md")
        ? rows.table("Sections of rows").named(section.get("name")).get("length")
        : length;
  }

  @Test
  void codesAndRangesAreAsTheConstantsSay() {
    Table config = page.table("configuration");
    assertThat(config.end()).isEqualTo(HnswFormat.CONFIG_BYTES);
    assertThat(config.named("dimension").get("valid range"))
        .isEqualTo("1 to " + IndexSpec.MAX_DIMENSION);
    assertThat(config.named("count").get("valid range"))
        .isEqualTo(rows.table("Configuration").named("count").get("valid range"));
    assertThat(config.named("entry level").get("valid range")).startsWith("0 to " + Levels.MAX);
    assertThat(
            page.table("upper starts: for each row, and once more at the end").cells("valid range"))
        .singleElement()
        .asString()
        .contains("0 to " + Levels.MAX + " more");

    Table sections = page.table("Graph index");
    assertThat(sections.cells("section"))
        .isEqualTo(
            List.of(
                "" + HnswFormat.CONFIG,
                "" + RowSections.IDS,
                "" + RowSections.ORDER,
                "" + RowSections.ROWS,
                "" + RowSections.INVERSE_NORMS,
                "" + HnswFormat.UPPER_STARTS,
                "" + HnswFormat.LINKS,
                "" + HnswFormat.UPPER_LINKS));
    assertThat(sections.cells("name").subList(1, 5))
        .isEqualTo(rows.table("Sections of rows").cells("name"));
    assertThat(page.text())
        .contains("of type `" + HnswFormat.TYPE + "`")
        .contains("`" + HnswFormat.FILE + "-<generation>.kith`")
        .contains("of type " + FileType.HNSW.code() + ", version " + FileType.HNSW.version());
  }

  @Test
  void theRangesOfTheConfigurationAreThoseOfThePublicConfig() {
    Table config = page.table("configuration");
    for (int m : ends(config.named("m"))) {
      assertThat(HnswConfig.builder(1, Metric.L2).m(m).build().m()).isEqualTo(m);
    }
    for (int ef : ends(config.named("efConstruction"))) {
      assertThat(HnswConfig.builder(1, Metric.L2).efConstruction(ef).build().efConstruction())
          .isEqualTo(ef);
    }
    int[] m = ends(config.named("m"));
    int[] ef = ends(config.named("efConstruction"));
    assertRefused(HnswConfig.builder(1, Metric.L2).m(m[0] - 1));
    assertRefused(HnswConfig.builder(1, Metric.L2).m(m[1] + 1));
    assertRefused(HnswConfig.builder(1, Metric.L2).efConstruction(ef[0] - 1));
    assertRefused(HnswConfig.builder(1, Metric.L2).efConstruction(ef[1] + 1));
  }

  private static int[] ends(Map<String, String> row) {
    return Arrays.stream(row.get("valid range").split(" to "))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static void assertRefused(HnswConfig.Builder builder) {
    assertThat(catchThrowable(builder::build)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lengthsAreAsTheCodeComputesThem() {
    Table sections = page.table("Graph index");
    for (int m : new int[] {2, 16, 256}) {
      for (int count : new int[] {0, 1, 1000, Integer.MAX_VALUE - 64}) {
        assertThat(length(formula(sections.named("upper starts")), Metric.L2, count, m, 0))
            .isEqualTo(HnswFormat.upperStartsLength(count));
        assertThat(length(formula(sections.named("links")), Metric.L2, count, m, 0))
            .isEqualTo(HnswFormat.linksLength(m, count));
        assertThat(length(formula(sections.named("upper links")), Metric.L2, 0, m, count))
            .isEqualTo(HnswFormat.upperLinksLength(m, count));
      }
    }
  }

  /** Reads a file by nothing but the pages. */
  @ParameterizedTest
  @EnumSource
  void aWrittenFileIsWhatThePageSays(Metric metric) throws IOException {
    VectorSource source =
        VectorSource.of(
            TestVectors.shuffledIds(COUNT, 7), TestVectors.gaussian(COUNT, DIMENSION, 8));
    BulkOptions alone = BulkOptions.defaults().threads(1);
    HnswConfig config = new HnswConfig(DIMENSION, metric, M, EF_CONSTRUCTION, SEED);
    try (HnswIndex index = HnswIndex.create(config)) {
      index.addAll(source, alone);
      index.save(folder.resolve("index"));
    }
    LiveGraph graph =
        new LiveGraph(
            new GraphParameters(DIMENSION, metric, M, EF_CONSTRUCTION, 0, 0, SEED), new Epochs());
    graph.addAll(source, alone);
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("index/hnsw-1.kith")))
            .order(ByteOrder.LITTLE_ENDIAN);

    assertWritten(file, metric, graph);
  }

  private void assertWritten(ByteBuffer file, Metric metric, LiveGraph graph) {
    Map<String, Integer> places = places(file, metric);
    Table config = page.table("configuration");
    int at = places.get("configuration");
    assertThat(file.getInt(at + config.offset("dimension"))).isEqualTo(DIMENSION);
    assertThat(file.getInt(at + config.offset("metric"))).isEqualTo(RowSections.code(metric));
    assertThat(file.getInt(at + config.offset("count"))).isEqualTo(COUNT);
    assertThat(file.getInt(at + config.offset("m"))).isEqualTo(M);
    assertThat(file.getInt(at + config.offset("efConstruction"))).isEqualTo(EF_CONSTRUCTION);
    assertThat(file.getInt(at + config.offset("codes"))).isZero();
    assertThat(file.getLong(at + config.offset("seed"))).isEqualTo(SEED);
    long entry = graph.links().entryPoint();
    assertThat(file.getInt(at + config.offset("entry row"))).isEqualTo(Adjacency.entryRow(entry));
    assertThat(file.getInt(at + config.offset("entry level")))
        .isEqualTo(Adjacency.entryLevel(entry))
        .isPositive();

    TableRows rows = graph.rows();
    int starts = places.get("upper starts");
    int block = places.get("upper links");
    for (int row = 0; row < COUNT; row++) {
      assertThat(file.getLong(places.get("ids") + 8 * row)).isEqualTo(rows.id(row));
      int level = file.getInt(starts + 4 * (row + 1)) - file.getInt(starts + 4 * row);
      assertThat(level).as("the level of row %s", row).isEqualTo(graph.level(row));
      assertLinks(file, places.get("links") + 8 * M * row, 2 * M, graph.links(), row, 0);
      for (int upper = 1; upper <= level; upper++) {
        assertLinks(file, block, M, graph.links(), row, upper);
        block += 4 * M;
      }
    }
    assertThat(block).isEqualTo(places.get("upper links") + 4 * M * blocks(file, places));
  }

  private static void assertLinks(
      ByteBuffer file, int at, int slots, Adjacency graph, int row, int level) {
    int[] expected = new int[slots];
    int count = graph.links(row, level, expected);
    Arrays.fill(expected, count, slots, -1);
    int[] written = new int[slots];
    for (int i = 0; i < slots; i++) {
      written[i] = file.getInt(at + 4 * i);
    }
    assertThat(written).as("the links of row %s on level %s", row, level).isEqualTo(expected);
  }

  private static int blocks(ByteBuffer file, Map<String, Integer> places) {
    return file.getInt(places.get("upper starts") + 4 * COUNT);
  }

  /** Where each section starts, by its name; their lengths are the page's. */
  private Map<String, Integer> places(ByteBuffer file, Metric metric) {
    Table header = container.table("Header");
    Table entry = container.table("Entry of the table of sections");
    Table sections = page.table("Graph index");
    assertThat(file.getInt(header.offset("sections"))).isEqualTo(sections.rows().size());
    Map<String, Integer> places = new HashMap<>();
    int at = header.end();
    for (Map<String, String> section : sections.rows()) {
      String name = section.get("name");
      assertThat("" + file.getInt(at + entry.offset("id"))).isEqualTo(section.get("section"));
      places.put(name, (int) file.getLong(at + entry.offset("offset")));
      int blocks = name.equals("upper links") ? blocks(file, places) : 0;
      assertThat(file.getLong(at + entry.offset("length")))
          .as(name)
          .isEqualTo(length(formula(section), metric, COUNT, M, blocks));
      at += entry.end();
    }
    return places;
  }
}
