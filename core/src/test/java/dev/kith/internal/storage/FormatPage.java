package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page under docs/format: its text and its tables. */
public record FormatPage(Path file, String text, List<Table> tables) {
  /** A table below a heading: a map from column to cell for each row. */
  public record Table(String heading, List<String> columns, List<Map<String, String>> rows) {
    /** The only row that has a text in a column. */
    public Map<String, String> row(String column, String cell) {
      List<Map<String, String>> found =
          rows.stream().filter(row -> row.get(column).equals(cell)).toList();
      assertThat(found).as("rows with %s \"%s\" under %s", column, cell, heading).hasSize(1);
      return found.getFirst();
    }

    /** The only row whose name begins so. */
    public Map<String, String> named(String start) {
      List<Map<String, String>> found =
          rows.stream().filter(row -> row.get("name").startsWith(start)).toList();
      assertThat(found).as("rows called \"%s\" under %s", start, heading).hasSize(1);
      return found.getFirst();
    }

    /** The offset of a field. */
    public int offset(String name) {
      return Integer.parseInt(named(name).get("offset"));
    }

    /** Fails unless each field begins where the one before ends; gives where the last one ends. */
    public long end(Map<String, Long> variables) {
      long end = 0;
      for (Map<String, String> row : rows) {
        assertThat(evaluate(row.get("offset"), variables))
            .as("%s of %s", row, heading)
            .isEqualTo(end);
        end += evaluate(row.get("size"), variables);
      }
      return end;
    }

    /** A column as numbers. */
    public List<Integer> numbers(String column) {
      return rows.stream().map(row -> Integer.valueOf(row.get(column))).toList();
    }

    /** A column. */
    public List<String> cells(String column) {
      return rows.stream().map(row -> row.get(column)).toList();
    }
  }

  /** The folder of the pages, from the folder of the module that is tested. */
  public static Path folder() {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    Path folder = Path.of(module).resolve("../docs/format").normalize();
    assertThat(folder).isDirectory();
    return folder;
  }

  /** Reads a page. */
  public static FormatPage read(String name) throws IOException {
    Path file = folder().resolve(name);
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
        List<String> cells = cells(line);
        assertThat(cells).as("a row of %s in %s", columns, file).hasSameSizeAs(columns);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
          row.put(columns.get(i), cells.get(i));
        }
        tables.getLast().rows().add(row);
      }
    }
    assertThat(tables).as("tables of %s", file).isNotEmpty();
    return new FormatPage(file, text, tables);
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
    List<Table> found = tables(heading);
    assertThat(found).as("tables under \"%s\" of %s", heading, file).hasSize(1);
    return found.getFirst();
  }

  /** The tables below a heading, in order. */
  public List<Table> tables(String heading) {
    return tables.stream().filter(table -> table.heading().equals(heading)).toList();
  }

  /** A sum or difference of numbers and variables. */
  public static long evaluate(String expression, Map<String, Long> variables) {
    long value = 0;
    int sign = 1;
    for (String word : expression.split(" ")) {
      switch (word) {
        case "+" -> sign = 1;
        case "-" -> sign = -1;
        default -> {
          Long variable = variables.get(word);
          value += sign * (variable != null ? variable : Long.parseLong(word));
        }
      }
    }
    return value;
  }
}
