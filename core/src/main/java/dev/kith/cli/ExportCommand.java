package dev.kith.cli;

import dev.kith.CorruptIndexException;
import dev.kith.InsufficientMemoryException;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.rows.RowSalvage;
import dev.kith.internal.storage.DamagedFile;
import dev.kith.internal.storage.StoredIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Writes ids and vectors to files; of a damaged index those that are left. */
final class ExportCommand {
  private final PrintStream out;

  ExportCommand(PrintStream out) {
    this.out = out;
  }

  int run(Path directory, Path vectors) throws IOException {
    try (VectorIndex index = open(directory)) {
      int written = RowFiles.write(vectors, rows -> all(index, rows));
      out.println(written + " rows to " + vectors + " and " + RowFiles.ids(vectors));
      return Main.FINE;
    } catch (CorruptIndexException e) {
      out.println("PROBLEM: " + e.getMessage());
      return salvage(directory, vectors);
    }
  }

  private static VectorIndex open(Path directory) throws IOException {
    try {
      return VectorIndexes.open(directory);
    } catch (InsufficientMemoryException e) {
      return VectorIndexes.open(directory, OpenOptions.mapped());
    }
  }

  private static void all(VectorIndex index, RowSalvage.Sink rows) throws IOException {
    for (long id : index.ids()) {
      rows.row(id, index.vector(id));
    }
  }

  private int salvage(Path directory, Path vectors) throws IOException {
    List<Path> files = files(directory);
    int written =
        RowFiles.write(
            vectors,
            rows -> {
              for (Path file : files) {
                salvage(file, rows);
              }
            });
    out.println(written + " rows to " + vectors + " and " + RowFiles.ids(vectors));
    return Main.WRONG;
  }

  /** The files of the outermost index: what other parts hold are not its vectors. */
  private List<Path> files(Path directory) throws IOException {
    try {
      return StoredIndex.read(
          directory,
          index ->
              index.files().stream()
                  .filter(file -> file.part().isEmpty())
                  .map(StoredIndex.Listed::path)
                  .toList());
    } catch (CorruptIndexException e) {
      List<Path> newest = DamagedFile.newest(directory);
      out.println("without the manifest, the newest files: " + newest);
      return newest;
    }
  }

  private void salvage(Path path, RowSalvage.Sink rows) throws IOException {
    try (DamagedFile file = DamagedFile.open(path)) {
      RowSalvage salvage = new RowSalvage(file);
      if (salvage.count() == 0) {
        out.println("lost: all rows of " + path + ", whose header says no more where they are");
        return;
      }
      if (!salvage.dimensionKnown()) {
        out.println(
            "the dimension is lost: vectors have " + salvage.dimension() + ", zeros at the end");
      }
      salvage.read(rows);
      salvage.lost().forEach((why, n) -> out.println("lost: " + n + " rows, " + why));
      if (!file.checksumMatches()) {
        out.println("the checksum differs: ids and components of other rows may be wrong, too");
      }
    } catch (NoSuchFileException e) {
      out.println("lost: all rows of " + path + ", which does not exist");
    }
  }
}
