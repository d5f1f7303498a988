package dev.kith.flat;

import dev.kith.Metric;
import dev.kith.internal.rows.RowSections;
import dev.kith.internal.rows.Rows;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.PartWriter;
import dev.kith.internal.storage.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The layout of the one file of a flat index; described in docs/format/flat.md. */
final class FlatFormat {
  /** The type name in the manifest. */
  static final String TYPE = "flat";

  static final String FILE = "flat";

  /** Dimension, metric, count, zero. */
  static final int CONFIG = 1;

  static final int CONFIG_BYTES = 16;

  private FlatFormat() {}

  /** Writes the living rows, in the given order. */
  static void write(PartWriter part, int dimension, Metric metric, Rows source, int[] living)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section(CONFIG, CONFIG_BYTES));
    sections.addAll(RowSections.of(dimension, metric, living.length));
    part.file(
        FILE,
        FileType.FLAT,
        sections,
        file -> {
          file.begin(CONFIG);
          file.putInt(dimension);
          file.putInt(RowSections.code(metric));
          file.putInt(living.length);
          file.putInt(0);
          RowSections.write(file, dimension, metric, source, living);
        });
  }
}
