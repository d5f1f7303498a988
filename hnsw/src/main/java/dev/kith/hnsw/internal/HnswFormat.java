package dev.kith.hnsw.internal;

import dev.kith.internal.rows.RowSections;
import dev.kith.internal.rows.Rows;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.FileWriter;
import dev.kith.internal.storage.PartWriter;
import dev.kith.internal.storage.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout of the one file of a graph index; described in docs/format/hnsw.md. */
public final class HnswFormat {
  /** The type name in the manifest. */
  public static final String TYPE = "hnsw";

  static final String FILE = "hnsw";

  /** Dimension, metric, count, m, efConstruction, entry row, entry level, codes, seed. */
  static final int CONFIG = 1;

  static final int CONFIG_BYTES = 40;

  /**
   * For each row, and once more at the end, how many blocks of upper links stand before its own.
   */
  static final int UPPER_STARTS = 6;

  /** The links of each row on level 0: 2m ints, -1 where there is none. */
  static final int LINKS = 7;

  /** The links of each row on level 1, level 2, ...: blocks of m ints. */
  static final int UPPER_LINKS = 8;

  /** What is added to the bits of rows' codes to tell them from those of neighbours' codes. */
  static final int ROW_CODES = 32;

  /** The centre of codes: as many floats as a vector; only where there are codes. */
  static final int CENTRE = 9;

  private HnswFormat() {}

  static long upperStartsLength(long count) {
    return 4 * (count + 1);
  }

  static long linksLength(int m, long count) {
    return 4L * 2 * m * count;
  }

  static long upperLinksLength(int m, long blocks) {
    return 4L * m * blocks;
  }

  /** What is written: rows without gaps, and their links. */
  interface Source {
    Rows vectors();

    Adjacency links();

    int level(int row);

    /** The centre of codes; null where there is none. */
    float @Nullable [] centre();
  }

  /** Writes an index. */
  static void write(PartWriter part, GraphParameters parameters, Source source) throws IOException {
    int count = source.vectors().limit();
    int[] starts = new int[count + 1];
    int[] all = new int[count];
    for (int row = 0; row < count; row++) {
      all[row] = row;
      starts[row + 1] = starts[row] + source.level(row);
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section(CONFIG, CONFIG_BYTES));
    sections.addAll(RowSections.of(parameters.dimension(), parameters.metric(), count));
    sections.add(new Section(UPPER_STARTS, upperStartsLength(count)));
    sections.add(new Section(LINKS, linksLength(parameters.m(), count)));
    sections.add(new Section(UPPER_LINKS, upperLinksLength(parameters.m(), starts[count])));
    if (parameters.codedRows()) {
      sections.add(new Section(CENTRE, centreLength(parameters)));
    }
    part.file(
        FILE,
        FileType.HNSW,
        sections,
        file -> {
          writeConfig(file, parameters, count, source.links().entryPoint());
          RowSections.write(
              file, parameters.dimension(), parameters.metric(), source.vectors(), all);
          file.begin(UPPER_STARTS);
          for (int start : starts) {
            file.putInt(start);
          }
          file.begin(LINKS);
          for (int row = 0; row < count; row++) {
            writeLinks(file, source.links(), row, 0);
          }
          file.begin(UPPER_LINKS);
          for (int row = 0; row < count; row++) {
            for (int level = 1; level <= source.level(row); level++) {
              writeLinks(file, source.links(), row, level);
            }
          }
          if (parameters.codedRows()) {
            writeCentre(file, parameters, source.centre());
          }
        });
  }

  private static void writeConfig(
      FileWriter file, GraphParameters parameters, int count, long entry) throws IOException {
    file.begin(CONFIG);
    file.putInt(parameters.dimension());
    file.putInt(RowSections.code(parameters.metric()));
    file.putInt(count);
    file.putInt(parameters.m());
    file.putInt(parameters.efConstruction());
    file.putInt(entry == -1 ? -1 : Adjacency.entryRow(entry));
    file.putInt(entry == -1 ? -1 : Adjacency.entryLevel(entry));
    int rowBits = parameters.rowBits();
    file.putInt(rowBits > 0 ? ROW_CODES + rowBits : parameters.codeBits());
    file.putLong(parameters.seed());
  }

  static long centreLength(GraphParameters parameters) {
    return (long) Float.BYTES * parameters.dimension();
  }

  private static void writeCentre(
      FileWriter file, GraphParameters parameters, float @Nullable [] centre) throws IOException {
    file.begin(CENTRE);
    for (int i = 0; i < parameters.dimension(); i++) {
      file.putInt(Float.floatToRawIntBits(centre == null ? 0 : centre[i]));
    }
  }

  private static void writeLinks(FileWriter file, Adjacency graph, int row, int level)
      throws IOException {
    int[] links = new int[graph.maxLinks(level)];
    int count = graph.links(row, level, links);
    Arrays.fill(links, count, links.length, -1);
    for (int link : links) {
      file.putInt(link);
    }
  }
}
