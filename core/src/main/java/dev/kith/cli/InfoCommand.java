package dev.kith.cli;

import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.DamagedFile;
import dev.kith.internal.storage.StoredIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Says what an index is, without reading its rows. */
final class InfoCommand {
  private final PrintStream out;

  InfoCommand(PrintStream out) {
    this.out = out;
  }

  /** What the manifest tells comes first: it needs no module of the index's type. */
  int run(Path directory) throws IOException {
    StoredIndex stored = StoredIndex.read(directory, index -> index);
    line("type", stored.type());
    line("generation", number(stored.generation()));
    line("bytes", number(stored.bytes()));
    for (StoredIndex.Listed file : stored.files()) {
      out.println();
      line("file", "" + file.path().getFileName());
      if (!file.part().isEmpty()) {
        line("part", file.part() + ", an index of type " + file.type());
      }
      line("bytes", number(file.bytes()));
      sections(file.path());
    }
    out.println();
    try (VectorIndex index = VectorIndexes.open(directory, OpenOptions.mapped())) {
      line("spec", index.spec().text());
      line("dimension", number(index.dimension()));
      line("metric", index.metric().toString());
      line("vectors", number(index.size()));
    }
    return Main.FINE;
  }

  private void sections(Path path) throws IOException {
    try (DamagedFile file = DamagedFile.open(path)) {
      for (DamagedFile.Place section : file.places()) {
        line("section " + section.id(), number(section.length()));
      }
    }
  }

  private void line(String name, String value) {
    out.println(String.format(Locale.ROOT, "%-12s%s", name, value));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
