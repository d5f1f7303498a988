package dev.kith.internal.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the files of one index within a commit. An index that contains others writes them through
 * {@link #part}, so that all of them become visible by one rename.
 *
 * <p>Concurrency: one thread.
 */
public final class PartWriter {
  /** Fills in a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all sections.
     *
     * @param file begins each announced section in turn
     * @throws IOException if writing fails
     */
    void write(FileWriter file) throws IOException;
  }

  /** What the parts of a commit share. */
  record Target(
      Storage storage,
      Path directory,
      long generation,
      List<Manifest.Part> parts,
      List<Manifest.Entry> entries) {
    Target(Storage storage, Path directory, long generation) {
      this(storage, directory, generation, new ArrayList<>(), new ArrayList<>());
    }

    Manifest manifest() {
      return new Manifest(generation, List.copyOf(parts), List.copyOf(entries));
    }
  }

  private final Target target;
  private final int number;
  private final String name;

  PartWriter(Target target, String name, String type) {
    this.target = target;
    this.number = target.parts.size();
    this.name = name;
    if (number > 0) {
      requireName(name, target.parts.stream().map(Manifest.Part::name));
    }
    target.parts.add(new Manifest.Part(name, type));
  }

  /** A manifest with such a name could not be read again. */
  private static void requireName(String name, Stream<String> taken) {
    if (!Manifest.isName(name) || taken.anyMatch(name::equals)) {
      throw new IllegalArgumentException("name: \"" + name + "\" is malformed or taken");
    }
  }

  /**
   * Begins an index inside this one.
   *
   * @param name small letters, digits and {@code -}; unique inside this index
   * @param type the type name of its provider
   * @return its writer
   */
  public PartWriter part(String name, String type) {
    return new PartWriter(target, this.name.isEmpty() ? name : this.name + "-" + name, type);
  }

  /**
   * Writes a file and forces it to the device under a temporary name.
   *
   * @param name small letters, digits and {@code -}; unique in this part
   * @param type its type
   * @param sections what it will hold, in order
   * @param content fills it in
   * @throws IOException if writing fails
   */
  public void file(String name, FileType type, List<Section> sections, Content content)
      throws IOException {
    requireName(
        name, target.entries.stream().filter(e -> e.part() == number).map(Manifest.Entry::name));
    String fileName = FileNames.data(this.name, name, target.generation);
    Path temporary = target.directory.resolve(FileNames.temporary(fileName));
    try (Storage.Output output = target.storage.create(temporary);
        FileWriter file = new FileWriter(output, type, target.generation, sections)) {
      content.write(file);
      FileWriter.Written written = file.finish();
      target.entries.add(new Manifest.Entry(number, name, written.length(), written.crc()));
    }
  }
}
