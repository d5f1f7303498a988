package dev.kith.internal.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads what is left of a file of an index: nothing in it is believed, and whatever lies beyond its
 * end reads as missing. {@link FileReader} is for files that must be sound.
 *
 * <p>Concurrency: one thread.
 */
public final class DamagedFile implements AutoCloseable {
  /**
   * A section as the file's table has it.
   *
   * @param id what it holds
   * @param offset where it begins
   * @param length its bytes
   */
  public record Place(int id, long offset, long length) {}

  private final Path path;
  private final Storage.Input input;
  private final long length;
  private final List<Place> places;

  private DamagedFile(Path path, Storage.Input input) throws IOException {
    this.path = path;
    this.input = input;
    this.length = input.size();
    this.places = readPlaces();
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return to be closed
   * @throws IOException if it does not exist or cannot be read
   */
  public static DamagedFile open(Path path) throws IOException {
    Storage.Input input = Storage.current().open(path);
    try {
      return new DamagedFile(path, input);
    } catch (Throwable e) {
      try {
        input.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * The data files of a directory's outermost index when its manifest cannot tell them: those of
   * the newest generation.
   *
   * @param directory an index
   * @return their paths, by name
   * @throws IOException if the directory cannot be read
   */
  public static List<Path> newest(Path directory) throws IOException {
    List<String> names =
        Storage.current().list(directory).stream()
            .filter(n -> FileNames.generation(n) > 0)
            .toList();
    long newest = names.stream().mapToLong(FileNames::generation).max().orElse(0);
    return names.stream()
        .filter(name -> FileNames.generation(name) == newest)
        .map(directory::resolve)
        .toList();
  }

  /**
   * The offsets of a sound table follow from the lengths, so one wrong offset does no harm, and
   * neither does one wrong length, as then the offsets are taken as they stand.
   */
  private List<Place> readPlaces() throws IOException {
    ByteBuffer header = bytes(0, Container.HEADER_BYTES);
    int stated = header.getInt(Container.SECTIONS_AT);
    boolean believable = stated >= 1 && stated <= Container.MAX_SECTIONS;
    int count = believable ? stated : Container.MAX_SECTIONS;
    ByteBuffer table = bytes(Container.HEADER_BYTES, count * Container.ENTRY_BYTES);
    List<Place> asStated = new ArrayList<>();
    List<Place> asFollows = new ArrayList<>();
    long next = Container.firstSection(count);
    for (int i = 0; i < count; i++) {
      int entry = i * Container.ENTRY_BYTES;
      int id = table.getInt(entry + Container.ENTRY_ID_AT);
      long offset = table.getLong(entry + Container.ENTRY_OFFSET_AT);
      long bytes = Math.max(0, table.getLong(entry + Container.ENTRY_LENGTH_AT));
      if (!believable && (id <= 0 || offset <= 0 || offset % Container.ALIGNMENT != 0)) {
        break;
      }
      asStated.add(new Place(id, offset, bytes));
      asFollows.add(new Place(id, next, bytes));
      next = bytes > length - next ? length + 1 : Container.align(next + bytes);
    }
    return next + Container.FOOTER_BYTES == length ? asFollows : asStated;
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /**
   * The length of the file.
   *
   * @return bytes
   */
  public long length() {
    return length;
  }

  /**
   * The sections as far as the table can be read; lengths may be anything from zero on.
   *
   * @return in the order of the table
   */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /**
   * Reads some bytes.
   *
   * @param offset from the start of the file, or a negative number, where nothing is
   * @param count how many
   * @return a little-endian buffer of that size; what lies beyond the end of the file is zero
   * @throws IOException if reading fails
   */
  public ByteBuffer bytes(long offset, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (offset >= 0 && target.hasRemaining()) {
      if (input.read(target, offset + target.position()) < 0) {
        break;
      }
    }
    return target.position(0);
  }

  /**
   * Whether every byte is as it was written, by the checksum at the end.
   *
   * @return false when the checksum differs
   * @throws IOException if reading fails
   */
  public boolean checksumMatches() throws IOException {
    long end = length - (Container.FOOTER_BYTES - Container.CRC_AT);
    CRC32C crc = new CRC32C();
    for (long at = 0; at < end; at += 1 << 20) {
      crc.update(bytes(at, (int) Math.min(1 << 20, end - at)));
    }
    return end >= 0 && bytes(end, Integer.BYTES).getInt() == (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
