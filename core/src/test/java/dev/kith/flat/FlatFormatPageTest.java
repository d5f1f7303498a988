package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.internal.rows.RowSections;
import dev.kith.internal.storage.FormatPage;
import dev.kith.internal.storage.FormatPage.Table;
import dev.kith.internal.storage.Section;
import dev.kith.internal.storage.SmallIndex;
import dev.kith.internal.storage.TamperedIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of the flat index and of rows say what the code does. */
class FlatFormatPageTest {
  private static final int DIMENSION = 19;
  private static final int COUNT = 7;

  private final FormatPage flat = FormatPage.read("flat.md");
  private final FormatPage rows = FormatPage.read("rows.md");

  FlatFormatPageTest() throws IOException {}

  /** What the formulas of the page mean. */
  private static long length(String formula, int dimension, Metric metric, long count) {
    long padded = (dimension + 15) / 16 * 16L;
    return switch (formula) {
      case "8 * count" -> 8 * count;
      case "4 * count" -> 4 * count;
      case "4 * ceil16(dimension) * count" -> 4 * padded * count;
      case "8 * count under COSINE, else 0" -> metric == Metric.COSINE ? 8 * count : 0;
      default -> throw new AssertionError("no such formula: " + formula);
    };
  }

  @Test
  void codesAndRangesAreAsTheConstantsSay() {
    Table metrics = rows.table("Metric codes");
    assertThat(metrics.cells("name"))
        .containsExactlyElementsOf(Stream.of(Metric.values()).map(Metric::name).toList());
    assertThat(metrics.numbers("code"))
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(Stream.of(Metric.values()).map(RowSections::code).toList());
    for (Table table : List.of(rows.table("Configuration"), flat.table("configuration"))) {
      assertThat(table.named("dimension").get("valid range"))
          .isEqualTo("1 to " + IndexSpec.MAX_DIMENSION);
      assertThat(table.named("count").get("valid range"))
          .as("a flat index holds so many rows at most")
          .isEqualTo("0 to " + (Integer.MAX_VALUE - 64));
    }
    assertThat(flat.table("configuration").end(Map.of())).isEqualTo(FlatFormat.CONFIG_BYTES);
    Table sections = rows.table("Sections of rows");
    assertThat(sections.cells("name")).containsExactly("ids", "order", "rows", "inverse norms");
    assertThat(sections.numbers("section"))
        .containsExactly(
            RowSections.IDS, RowSections.ORDER, RowSections.ROWS, RowSections.INVERSE_NORMS);
    Table all = flat.table("Flat index");
    assertThat(all.numbers("section").getFirst()).isEqualTo(FlatFormat.CONFIG);
    assertThat(all.numbers("section").subList(1, 5)).isEqualTo(sections.numbers("section"));
    assertThat(all.cells("name").subList(1, 5)).isEqualTo(sections.cells("name"));
    assertThat(all.named("configuration").get("length")).isEqualTo("" + FlatFormat.CONFIG_BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void lengthsAreAsTheCodeComputesThem(Metric metric) {
    Table sections = rows.table("Sections of rows");
    for (int dimension : new int[] {1, 15, 16, 17, 784, IndexSpec.MAX_DIMENSION}) {
      for (int count : new int[] {0, 1, 1000, Integer.MAX_VALUE - 64}) {
        List<Section> expected = RowSections.of(dimension, metric, count);
        assertThat(expected).hasSameSizeAs(sections.rows());
        for (Section section : expected) {
          Map<String, String> row = sections.row("section", "" + section.id());
          assertThat(length(row.get("length"), dimension, metric, count))
              .isEqualTo(section.length());
        }
      }
    }
  }

  /** Reads a file by nothing but the pages. */
  @ParameterizedTest
  @EnumSource
  void aWrittenFileIsWhatThePagesSay(Metric metric) throws IOException {
    FlatIndex index = SmallIndex.make(DIMENSION, metric, COUNT, 1);
    index.remove(index.ids()[2]);
    index.add(-5, SmallIndex.vector(DIMENSION, 99));
    ByteBuffer file = new TamperedIndex(index).copy("flat-1.kith");
    Map<String, Integer> places = places(file, metric);

    Table config = flat.table("configuration");
    int at = places.get("configuration");
    assertThat(file.getInt(at + config.offset("dimension"))).isEqualTo(DIMENSION);
    assertThat(file.getInt(at + config.offset("metric")))
        .isEqualTo(
            Integer.parseInt(rows.table("Metric codes").row("name", metric.name()).get("code")));
    assertThat(file.getInt(at + config.offset("count"))).isEqualTo(COUNT);
    assertThat(file.getInt(at + config.offset("reserved"))).isZero();

    long stride = length("4 * ceil16(dimension) * count", DIMENSION, metric, 1);
    Map<String, Long> sizes = Map.of("P", stride, "D", 4L * DIMENSION);
    int idBytes = (int) rows.table("ids: for each row").end(sizes);
    int orderBytes = (int) rows.table("order: for each id, ascending").end(sizes);
    int normBytes = (int) rows.table("inverse norms: for each row, under COSINE").end(sizes);
    assertThat(rows.table("rows: for each row").end(sizes)).isEqualTo(stride);
    for (int i = 0; i < COUNT; i++) {
      int row = file.getInt(places.get("order") + i * orderBytes);
      long id = file.getLong(places.get("ids") + row * idBytes);
      assertThat(id).isEqualTo(index.ids()[i]);
      int start = places.get("rows") + row * (int) stride;
      float[] vector = new float[DIMENSION];
      double squaredNorm = 0;
      for (int j = 0; j < stride / 4; j++) {
        float value = file.getFloat(start + 4 * j);
        if (j < DIMENSION) {
          vector[j] = value;
          squaredNorm += (double) value * value;
        } else {
          assertThat(Float.floatToRawIntBits(value)).isZero();
        }
      }
      assertThat(vector).isEqualTo(index.vector(id));
      if (metric == Metric.COSINE) {
        double inverse = file.getDouble(places.get("inverse norms") + row * normBytes);
        assertThat(inverse)
            .as("exact: the numbers are small")
            .isEqualTo(1 / Math.sqrt(squaredNorm));
      }
    }
  }

  /** Where each section starts, by its name; their lengths are the page's. */
  private Map<String, Integer> places(ByteBuffer file, Metric metric) throws IOException {
    FormatPage container = FormatPage.read("container.md");
    Table header = container.table("Header");
    Table entry = container.table("Entry of the table of sections");
    Table sections = flat.table("Flat index");
    assertThat(file.getInt(header.offset("sections"))).isEqualTo(sections.rows().size());
    Map<String, Integer> places = new HashMap<>();
    int at = (int) header.end(Map.of());
    for (Map<String, String> section : sections.rows()) {
      String name = section.get("name");
      assertThat(file.getInt(at + entry.offset("id")))
          .isEqualTo(Integer.parseInt(section.get("section")));
      String formula = section.get("length");
      long length =
          formula.contains("rows.md")
              ? length(
                  rows.table("Sections of rows").row("name", name).get("length"),
                  DIMENSION,
                  metric,
                  COUNT)
              : Long.parseLong(formula);
      assertThat(file.getLong(at + entry.offset("length"))).as(name).isEqualTo(length);
      places.put(name, (int) file.getLong(at + entry.offset("offset")));
      at += (int) entry.end(Map.of());
    }
    return places;
  }
}
