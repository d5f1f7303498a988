package dev.kith.internal.storage;

import dev.kith.CorruptIndexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of what an index consists of: its parts, the outermost first, and their files with
 * length and checksum. Written last; whatever it does not name is not part of the index. Layout in
 * docs/format/manifest.md.
 */
record Manifest(long generation, List<Part> parts, List<Entry> files) {
  /** An index, or an index inside another; the outermost has the empty name. */
  record Part(String name, String type) {}

  /** A data file of a part. */
  record Entry(int part, String name, long length, int crc) {}

  static final int PARTS_SECTION = 1;
  static final int FILES_SECTION = 2;

  /** Names are short words; anything else in a manifest is damage. */
  static final int MAX_NAME = 64;

  /** More parts or files than any index has. */
  static final int MAX_COUNT = 1 << 20;

  private static final int MAX_SECTION_BYTES = 1 << 28;

  /** The name of a file in the directory. */
  String fileName(Entry entry) {
    return FileNames.data(parts.get(entry.part).name, entry.name, generation);
  }

  void write(Storage storage, Path file) throws IOException {
    List<Section> sections =
        List.of(
            new Section(PARTS_SECTION, partsLength()), new Section(FILES_SECTION, filesLength()));
    try (Storage.Output output = storage.create(file);
        FileWriter writer = new FileWriter(output, FileType.MANIFEST, generation, sections)) {
      writer.begin(PARTS_SECTION);
      writer.putInt(parts.size());
      for (Part part : parts) {
        putName(writer, part.name);
        putName(writer, part.type);
      }
      writer.begin(FILES_SECTION);
      writer.putInt(files.size());
      for (Entry entry : files) {
        writer.putInt(entry.part);
        putName(writer, entry.name);
        writer.putLong(entry.length);
        writer.putInt(entry.crc);
      }
      writer.finish();
    }
  }

  /** Reads and verifies the manifest of a directory, or gives null when there is none. */
  static @Nullable Manifest read(Storage storage, Path directory) throws IOException {
    Path path = directory.resolve(FileNames.MANIFEST);
    // Not by a look into the directory: a listing may miss a name that is just being replaced.
    try (FileReader file = FileReader.open(storage, path, FileType.MANIFEST)) {
      file.verifyChecksum();
      List<Part> parts = readParts(new Cursor(file, PARTS_SECTION));
      return new Manifest(
          file.generation(), parts, readFiles(new Cursor(file, FILES_SECTION), parts));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static List<Part> readParts(Cursor in) throws CorruptIndexException {
    int count = in.count("parts", 1, MAX_COUNT);
    List<Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String name = in.name("the name of part " + i, i == 0);
      if (name.isEmpty() != (i == 0) || !names.add(name)) {
        throw in.corrupt("a name for part " + i + " that is its own", "\"" + name + "\"");
      }
      parts.add(new Part(name, in.name("the type of part " + i, false)));
    }
    in.end();
    return parts;
  }

  private static List<Entry> readFiles(Cursor in, List<Part> parts) throws CorruptIndexException {
    int count = in.count("files", 0, MAX_COUNT);
    List<Entry> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long room = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int part = in.count("the part of file " + i, 0, parts.size() - 1);
      String name = in.name("the name of file " + i, false);
      if (!names.add(part + " " + name)) {
        throw in.corrupt("a name for file " + i + " that is its own", "\"" + name + "\"");
      }
      long length = in.longValue();
      if (length < Container.EMPTY_BYTES || length > room) {
        throw in.corrupt("a length of file " + i + " from " + Container.EMPTY_BYTES, "" + length);
      }
      room -= length;
      files.add(new Entry(part, name, length, in.intValue()));
    }
    in.end();
    return files;
  }

  private long partsLength() {
    long length = 4;
    for (Part part : parts) {
      length += 8 + bytes(part.name).length + bytes(part.type).length;
    }
    return length;
  }

  private long filesLength() {
    long length = 4;
    for (Entry entry : files) {
      length += 4 + 4 + bytes(entry.name).length + 8 + 4;
    }
    return length;
  }

  private static void putName(FileWriter writer, String name) throws IOException {
    byte[] bytes = bytes(name);
    writer.putInt(bytes.length);
    writer.putBytes(bytes);
  }

  /** Whether a part, type or file may be called so. */
  static boolean isName(String name) {
    return name.length() <= MAX_NAME && name.matches("[a-z0-9-]+");
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a section value by value, never beyond its end. */
  private static final class Cursor {
    private final FileReader file;
    private final long base;
    private final ByteBuffer bytes;

    Cursor(FileReader file, int section) throws IOException {
      this.file = file;
      long length = file.sectionLength(section);
      if (length < 0 || length > MAX_SECTION_BYTES) {
        throw file.corrupt(-1, "a section " + section, length < 0 ? "none" : length + " bytes");
      }
      this.base = file.section(section, length);
      this.bytes = file.bytes(base, (int) length);
    }

    int intValue() throws CorruptIndexException {
      need(4);
      return bytes.getInt();
    }

    long longValue() throws CorruptIndexException {
      need(8);
      return bytes.getLong();
    }

    int count(String what, int least, int most) throws CorruptIndexException {
      int value = intValue();
      if (value < least || value > most) {
        throw corrupt(what + " from " + least + " to " + most, "" + value);
      }
      return value;
    }

    String name(String what, boolean mayBeEmpty) throws CorruptIndexException {
      int length = count("the length of " + what, mayBeEmpty ? 0 : 1, MAX_NAME);
      need(length);
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < length; i++) {
        char c = (char) (bytes.get() & 0xFF);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
          throw corrupt(what + " in small letters, digits and -", "character " + (int) c);
        }
        name.append(c);
      }
      return name.toString();
    }

    void end() throws CorruptIndexException {
      if (bytes.hasRemaining()) {
        throw corrupt("the end of the section", bytes.remaining() + " more bytes");
      }
    }

    CorruptIndexException corrupt(String expected, String found) {
      return file.corrupt(base + bytes.position(), expected, found);
    }

    private void need(int count) throws CorruptIndexException {
      if (bytes.remaining() < count) {
        throw corrupt(count + " more bytes", bytes.remaining() + "");
      }
    }
  }
}
