package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.internal.storage.FormatPage.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The pages under docs/format say what the code does. FlatFormatPageTest holds the others. */
class FormatPagesTest {
  private static final Map<String, Long> NO_VARIABLES = Map.of();

  private final FormatPage container = FormatPage.read("container.md");
  private final FormatPage manifest = FormatPage.read("manifest.md");

  FormatPagesTest() throws IOException {}

  @Test
  void headerEntryAndFooterAreAsTheConstantsSay() {
    Table header = container.table("Header");
    assertThat(header.end(NO_VARIABLES)).isEqualTo(Container.HEADER_BYTES);
    assertThat(header.offset("magic")).isEqualTo(Container.MAGIC_AT);
    assertThat(header.offset("type")).isEqualTo(Container.TYPE_AT);
    assertThat(header.offset("version")).isEqualTo(Container.VERSION_AT);
    assertThat(header.offset("generation")).isEqualTo(Container.GENERATION_AT);
    assertThat(header.offset("sections")).isEqualTo(Container.SECTIONS_AT);
    assertThat(header.named("sections").get("valid range"))
        .isEqualTo("0 to " + Container.MAX_SECTIONS);

    Table entry = container.table("Entry of the table of sections");
    assertThat(entry.end(NO_VARIABLES)).isEqualTo(Container.ENTRY_BYTES);
    assertThat(entry.offset("id")).isEqualTo(Container.ENTRY_ID_AT);
    assertThat(entry.offset("offset")).isEqualTo(Container.ENTRY_OFFSET_AT);
    assertThat(entry.offset("length")).isEqualTo(Container.ENTRY_LENGTH_AT);

    Table footer = container.table("Footer");
    assertThat(footer.end(NO_VARIABLES)).isEqualTo(Container.FOOTER_BYTES);
    assertThat(footer.offset("length")).isEqualTo(Container.LENGTH_AT);
    assertThat(footer.offset("reserved")).isEqualTo(Container.ZERO_AT);
    assertThat(footer.offset("checksum")).isEqualTo(Container.CRC_AT);
    assertThat(footer.named("length").get("valid range")).endsWith("" + Container.EMPTY_BYTES);

    List<Integer> multiples =
        Pattern.compile("multiples? of (\\d+)")
            .matcher(container.text())
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(multiples).hasSizeGreaterThan(4).containsOnly(Container.ALIGNMENT);
  }

  @Test
  void everyFileTypeIsListedWithItsCodeAndVersion() {
    Table types = container.table("File types");
    assertThat(types.cells("name"))
        .containsExactlyElementsOf(Stream.of(FileType.values()).map(FileType::name).toList());
    assertThat(types.numbers("code"))
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(Stream.of(FileType.values()).map(FileType::code).toList());
    assertThat(types.numbers("newest version"))
        .containsExactlyElementsOf(Stream.of(FileType.values()).map(FileType::version).toList());
    for (FileType type : List.of(FileType.MANIFEST, FileType.FLAT)) {

      String page = types.row("name", type.name()).get("page").replaceAll(".*\\((.*)\\)", "$1");
      assertThat(FormatPage.folder().resolve(page))
          .content()
          .containsPattern(
              "container\\.md\\) of\\s+type " + type.code() + ", version " + type.version());
    }
  }

  @Test
  void aWrittenFileIsWhatThePageSays() throws IOException {
    TamperedIndex index = new TamperedIndex(SmallIndex.make(3, Metric.COSINE, 5, 1));
    index.run(() -> SmallIndex.make(3, Metric.COSINE, 5, 2).save(TamperedIndex.DIRECTORY));
    assertThat(index.files()).containsExactly("flat-2.kith", "manifest");
    for (String name : index.files()) {
      ByteBuffer file = index.copy(name);
      Table header = container.table("Header");
      Table entry = container.table("Entry of the table of sections");
      Table footer = container.table("Footer");
      FileType type = name.equals("manifest") ? FileType.MANIFEST : FileType.FLAT;
      String magic = header.named("magic").get("valid range").replace("`", "");
      assertThat(ascii(file, header.offset("magic"), 8)).isEqualTo(magic);
      assertThat(file.getInt(header.offset("type"))).isEqualTo(type.code());
      assertThat(file.getInt(header.offset("version"))).isEqualTo(type.version());
      assertThat(file.getLong(header.offset("generation"))).isEqualTo(2);
      int sections = file.getInt(header.offset("sections"));
      int headerEnd = (int) header.end(NO_VARIABLES);
      int entryBytes = (int) entry.end(NO_VARIABLES);
      long expected = roundedUp(headerEnd + (long) entryBytes * sections);
      for (int i = 0; i < sections; i++) {
        int at = headerEnd + i * entryBytes;
        assertThat(file.getLong(at + entry.offset("offset"))).isEqualTo(expected);
        expected = roundedUp(expected + file.getLong(at + entry.offset("length")));
      }
      int length = file.capacity();
      int footerAt = length - (int) footer.end(NO_VARIABLES);
      assertThat(expected).isEqualTo(footerAt);
      assertThat(file.getLong(footerAt + footer.offset("length"))).isEqualTo(length);
      CRC32C crc = new CRC32C();
      crc.update(file.array(), 0, footerAt + footer.offset("checksum"));
      assertThat(file.getInt(footerAt + footer.offset("checksum"))).isEqualTo((int) crc.getValue());
    }
  }

  @Test
  void theManifestsSectionsAndLimitsAreAsTheConstantsSay() {
    Table sections = manifest.table("Manifest");
    assertThat(sections.cells("name")).containsExactly("parts", "files");
    assertThat(sections.numbers("section"))
        .containsExactly(Manifest.PARTS_SECTION, Manifest.FILES_SECTION);
    assertThat(manifest.tables("Parts").get(0).named("count").get("valid range"))
        .isEqualTo("1 to " + Manifest.MAX_COUNT);
    assertThat(manifest.tables("Files").get(0).named("count").get("valid range"))
        .isEqualTo("0 to " + Manifest.MAX_COUNT);
    Table part = manifest.tables("Parts").get(1);
    Table file = manifest.tables("Files").get(1);
    for (String range :
        List.of(
            part.named("N,").get("valid range"),
            part.named("T,").get("valid range"),
            file.named("N,").get("valid range"))) {
      assertThat(range).endsWith("1 to " + Manifest.MAX_NAME);
    }
    assertThat(file.named("length").get("valid range"))
        .startsWith("at least " + Container.EMPTY_BYTES);
    Map<String, Long> lengths = Map.of("N", 1_000L, "T", 1_000_000L);
    assertThat(part.end(lengths)).isEqualTo(8 + 1_000 + 1_000_000);
    assertThat(file.end(lengths)).isEqualTo(20 + 1_000);
  }

  /** Reads a manifest by nothing but the page. */
  @Test
  void aWrittenManifestCanBeReadByThePage() throws IOException {
    Manifest expected =
        new Manifest(
            7,
            List.of(
                new Manifest.Part("", "whole"),
                new Manifest.Part("inner", "flat"),
                new Manifest.Part("inner-core", "x")),
            List.of(
                new Manifest.Entry(0, "links", 4_000_000_000L, -5),
                new Manifest.Entry(2, "flat", 80, 123_456)));
    MemoryStorage disk = new MemoryStorage(Path.of("/disk"));
    expected.write(disk, Path.of("/disk/manifest"));
    ByteBuffer file =
        ByteBuffer.wrap(disk.bytes(Path.of("/disk/manifest"))).order(ByteOrder.LITTLE_ENDIAN);

    List<Manifest.Part> parts = new ArrayList<>();
    for (Map<String, Object> record : records(file, "Parts", 0)) {
      parts.add(new Manifest.Part((String) record.get("name"), (String) record.get("type")));
    }
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Map<String, Object> record : records(file, "Files", 1)) {
      entries.add(
          new Manifest.Entry(
              ((Long) record.get("part")).intValue(),
              (String) record.get("name"),
              (Long) record.get("length of the file"),
              ((Long) record.get("checksum of the file")).intValue()));
    }
    assertThat(new Manifest(7, parts, entries)).isEqualTo(expected);
    assertThat(expected.fileName(entries.get(0))).isEqualTo("links-7.kith");
    assertThat(expected.fileName(entries.get(1))).isEqualTo("inner-core.flat-7.kith");
  }

  private List<Map<String, Object>> records(ByteBuffer file, String heading, int section) {
    int entry = Container.HEADER_BYTES + section * Container.ENTRY_BYTES;
    int at = (int) file.getLong(entry + Container.ENTRY_OFFSET_AT);
    long end = at + file.getLong(entry + Container.ENTRY_LENGTH_AT);
    Table count = manifest.tables(heading).get(0);
    Table fields = manifest.tables(heading).get(1);
    List<Map<String, Object>> records = new ArrayList<>();
    int left = file.getInt(at + count.offset("count"));
    at += (int) count.end(NO_VARIABLES);
    for (int i = 0; i < left; i++) {
      Map<String, Object> record = new HashMap<>();
      Map<String, Long> variables = new HashMap<>();
      for (Map<String, String> field : fields.rows()) {
        int place = at + (int) FormatPage.evaluate(field.get("offset"), variables);
        int size = (int) FormatPage.evaluate(field.get("size"), variables);
        String name = field.get("name");
        Object value =
            switch (field.get("type")) {
              case "int" -> (long) file.getInt(place);
              case "long" -> file.getLong(place);
              case "ascii" -> ascii(file, place, size);
              default -> throw new AssertionError(field);
            };
        record.put(name, value);
        if (name.contains(", ")) {
          variables.put(name.substring(0, name.indexOf(',')), (Long) value);
        }
      }
      at += (int) fields.end(variables);
      records.add(record);
    }
    assertThat(at).as("the end of the section %s", heading).isEqualTo(end);
    return records;
  }

  @Test
  void theOverviewNamesTheFilesAsTheyAreNamed() throws IOException {
    String overview = FormatPage.read("README.md").text();
    assertThat(overview)
        .contains(
            "`" + FileNames.MANIFEST + "`",
            "`" + FileNames.temporary(FileNames.MANIFEST) + "`",
            "`" + FileNames.LOCK + "`",
            "`" + FileNames.temporary("<name>") + "`",
            FileNames.data("", "flat", 7))
        .contains(
            FileNames.data("part", "name", 1)
                .replace("part.", "[part.]")
                .replace("-1.", "-generation."));
  }

  @Test
  void everyLinkLeadsSomewhereAndEveryPageIsListed() throws IOException {
    List<String> pages;
    try (Stream<Path> files = Files.list(FormatPage.folder())) {
      pages = files.map(file -> "" + file.getFileName()).sorted().toList();
    }
    assertThat(pages).contains("README.md", "container.md", "flat.md", "manifest.md", "rows.md");
    for (String page : pages) {
      FormatPage read = FormatPage.read(page);
      List<String> links =
          Pattern.compile("\\]\\(([^)#:]+)\\)")
              .matcher(read.text())
              .results()
              .map(found -> found.group(1))
              .toList();
      for (String link : links) {
        assertThat(FormatPage.folder().resolve(link)).as("a link of %s", page).exists();
      }
      if (page.equals("README.md")) {
        assertThat(links).containsAll(pages.stream().filter(name -> !name.equals(page)).toList());
      }
    }
  }

  private static String ascii(ByteBuffer file, int at, int length) {
    byte[] bytes = Arrays.copyOfRange(file.array(), at, at + length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static long roundedUp(long offset) {
    return (offset + 63) / 64 * 64;
  }
}
