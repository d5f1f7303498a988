package dev.kith.hnsw.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A page under docs: its text and its tables. */
public record DocPage(Path file, String text, List<Table> tables) {
  /** A table below a heading: a map from column to cell for each row. */
  public record Table(String heading, List<String> columns, List<Map<String, String>> rows) {
    /** The only row of a name, with or without code quotes. */
    public Map<String, String> named(String name) {
      return only(rows, row -> row.get("name").replace("`", "").equals(name), name);
    }

    /** The offset of a field. */
    public int offset(String name) {
      return Integer.parseInt(named(name).get("offset"));
    }

    /** Fails unless each field begins where the one before ends; gives where the last one ends. */
    public int end() {
      int end = 0;
      for (Map<String, String> row : rows) {
        assertThat(row.get("offset")).as("%s of %s", row, heading).isEqualTo("" + end);
        end += Integer.parseInt(row.get("size"));
      }
      return end;
    }

    /** A column. */
    public List<String> cells(String column) {
      return rows.stream().map(row -> row.get(column)).toList();
    }
  }

  /** Reads a page, given its path from the folder docs. */
  public static DocPage read(String name) throws IOException {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    Path file = Path.of(module).resolve("../docs").normalize().resolve(name);
    String text = Files.readString(file);
    List<Table> tables = new ArrayList<>();
    String heading = "";
    List<String> columns = List.of();
    for (String line : text.lines().toList()) {
      if (!line.startsWith("|")) {
        heading = line.startsWith("#") ? line.replaceFirst("#+ ", "") : heading;
        columns = List.of();
      } else if (columns.isEmpty()) {
        columns = cells(line);
        tables.add(new Table(heading, columns, new ArrayList<>()));
      } else if (!line.startsWith("|---")) {
        tables.getLast().rows().add(row(columns, cells(line), file));
      }
    }
    assertThat(tables).as("tables of %s", file).isNotEmpty();
    return new DocPage(file, text, tables);
  }

  private static Map<String, String> row(List<String> columns, List<String> cells, Path file) {
    assertThat(cells).as("a row of %s in %s", columns, file).hasSameSizeAs(columns);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private static List<String> cells(String line) {
    assertThat(line).endsWith("|");
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  /** The only table below a heading. */
  public Table table(String heading) {
    return only(tables, table -> table.heading().equals(heading), heading);
  }

  private static <T> T only(List<T> all, Predicate<T> wanted, String what) {
    List<T> found = all.stream().filter(wanted).toList();
    assertThat(found).as("\"%s\" among %s", what, all).hasSize(1);
    return found.getFirst();
  }
}
