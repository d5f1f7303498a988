package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.internal.storage.FormatPage.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every field of a file, found by nothing but the tables under docs/format: the frame's, and those
 * of the sections, record by record.
 */
public final class DocumentedFields {
  /** A field of a file. */
  public record Field(String table, String name, String type, int at, int size) {}

  /** Fields of one name and table that are taken; of long sections the rest is like them. */
  private static final int MOST_ALIKE = 8;

  private static final Map<String, Long> NO_VARIABLES = Map.of();

  private final List<FormatPage> pages = new ArrayList<>();
  private final Map<String, Long> variables = new HashMap<>();

  /** Reads the page of a file type, and those that it builds on. */
  public DocumentedFields(String page, int dimension) throws IOException {
    pages.add(FormatPage.read(page));
    pages.add(FormatPage.read("rows.md"));
    variables.put("D", 4L * dimension);
    variables.put("P", 4L * ((dimension + 15) / 16 * 16));
  }

  /** All fields of a sound file. */
  public List<Field> of(ByteBuffer file) throws IOException {
    List<Field> all = new ArrayList<>();
    FormatPage container = FormatPage.read("container.md");
    Table entry = container.table("Entry of the table of sections");
    long at = walk(all, file, container.table("Header"), 0, NO_VARIABLES);
    int sections = file.getInt(container.table("Header").offset("sections"));
    for (int i = 0; i < sections; i++) {
      int id = file.getInt((int) at + entry.offset("id"));
      long offset = file.getLong((int) at + entry.offset("offset"));
      long length = file.getLong((int) at + entry.offset("length"));
      at = walk(all, file, entry, at, NO_VARIABLES);
      section(all, file, id, offset, offset + length);
    }
    Table footer = container.table("Footer");
    walk(all, file, footer, file.capacity() - footer.end(NO_VARIABLES), NO_VARIABLES);
    return all;
  }

  /** A section is records of one table, after those of another if there are two. */
  private void section(List<Field> all, ByteBuffer file, int id, long begin, long end) {
    String name = pages.getFirst().tables().getFirst().row("section", "" + id).get("name");
    List<Table> tables =
        pages.stream()
            .flatMap(page -> page.tables().stream())
            .filter(table -> table.columns().contains("offset") && isOf(table.heading(), name))
            .toList();
    assertThat(tables).as("tables of the section %s", name).hasSizeBetween(1, 2);
    long at = begin;
    if (tables.size() == 2) {
      at = walk(all, file, tables.getFirst(), at, variables);
    }
    List<Field> records = new ArrayList<>();
    while (at < end) {
      at = walk(records, file, tables.getLast(), at, variables);
    }
    assertThat(at).as("the end of the section %s", name).isEqualTo(end);
    int fields = tables.getLast().rows().size();
    int alike = records.size() / fields;
    for (int i = 0; i < Math.min(MOST_ALIKE, alike); i++) {
      int record = (int) ((long) i * (alike - 1) / Math.max(1, Math.min(MOST_ALIKE, alike) - 1));
      all.addAll(records.subList(record * fields, (record + 1) * fields));
    }
  }

  private static boolean isOf(String heading, String section) {
    return Stream.of(heading.toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.equals(section) || text.startsWith(section + ":"));
  }

  /** Adds the fields of a table that begins somewhere; gives where it ends. */
  private static long walk(
      List<Field> all, ByteBuffer file, Table table, long begin, Map<String, Long> outer) {
    Map<String, Long> known = new HashMap<>(outer);
    long end = begin;
    for (Map<String, String> row : table.rows()) {
      int at = (int) (begin + FormatPage.evaluate(row.get("offset"), known));
      int size = (int) FormatPage.evaluate(row.get("size"), known);
      String name = row.get("name");
      if (name.contains(", ")) {
        known.put(name.substring(0, name.indexOf(',')), (long) file.getInt(at));
      }
      if (size > 0) {
        all.add(new Field(table.heading(), name, row.get("type"), at, size));
      }
      end = at + size;
    }
    return end;
  }
}
