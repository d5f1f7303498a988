package dev.kith.internal.storage;

import dev.kith.CorruptIndexException;
import dev.kith.UnsupportedFormatVersionException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads one file whose frame has been verified: the header, that sections lie inside the file, in
 * order and apart, and the footer's length. The checksum is verified by {@link #verifyChecksum}.
 *
 * <p>Concurrency: one thread.
 */
public final class FileReader implements AutoCloseable {
  private final Path path;
  private final Storage.Input input;
  private final long generation;
  private final int version;
  private final int[] ids;
  private final long[] offsets;
  private final long[] lengths;
  private final long length;
  private final ByteBuffer buffer;

  private FileReader(Path path, Storage.Input input, FileType type) throws IOException {
    this.path = path;
    this.input = input;
    this.length = input.size();
    this.buffer =
        ByteBuffer.allocateDirect(Math.clamp(length, 64, 1 << 16)).order(ByteOrder.LITTLE_ENDIAN);
    if (length < Container.EMPTY_BYTES) {
      throw corrupt(0, "at least " + Container.EMPTY_BYTES + " bytes", length + " bytes");
    }
    ByteBuffer header = bytes(0, Container.HEADER_BYTES);
    expect(Container.MAGIC_AT, "magic KITHFILE", Container.MAGIC, header.getLong(0));
    expect(
        Container.TYPE_AT,
        "file type " + type.code() + " (" + type + ")",
        type.code(),
        header.getInt(Container.TYPE_AT));
    this.version = header.getInt(Container.VERSION_AT);
    if (version < 1) {
      throw corrupt(Container.VERSION_AT, "a version of 1 or more", "" + version);
    }
    if (version > type.version()) {
      throw new UnsupportedFormatVersionException(path, version, type.version());
    }
    this.generation = header.getLong(Container.GENERATION_AT);
    int count = header.getInt(Container.SECTIONS_AT);
    if (generation < 1) {
      throw corrupt(Container.GENERATION_AT, "a generation of 1 or more", "" + generation);
    }
    if (count < 0
        || count > Container.MAX_SECTIONS
        || Container.firstSection(count) + Container.FOOTER_BYTES > length) {
      throw corrupt(Container.SECTIONS_AT, "a count of sections that fits", "" + count);
    }
    expectZero(header, Container.SECTIONS_AT + 4, Container.HEADER_BYTES, 0);
    this.ids = new int[count];
    this.offsets = new long[count];
    this.lengths = new long[count];
    readSectionTable();
    verifyPadding();
    verifyFooterLength();
  }

  /** Opens a file and verifies its frame. */
  static FileReader open(Storage storage, Path path, FileType type) throws IOException {
    Storage.Input input = storage.open(path);
    try {
      return new FileReader(path, input, type);
    } catch (Throwable e) {
      try {
        input.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private void readSectionTable() throws IOException {
    ByteBuffer table = bytes(Container.HEADER_BYTES, ids.length * Container.ENTRY_BYTES);
    long expected = Container.firstSection(ids.length);
    long end = length - Container.FOOTER_BYTES;
    for (int i = 0; i < ids.length; i++) {
      int entry = i * Container.ENTRY_BYTES;
      long at = Container.HEADER_BYTES + (long) entry;
      ids[i] = table.getInt(entry + Container.ENTRY_ID_AT);
      offsets[i] = table.getLong(entry + Container.ENTRY_OFFSET_AT);
      lengths[i] = table.getLong(entry + Container.ENTRY_LENGTH_AT);
      expectZero(table, entry + 4, entry + 8, Container.HEADER_BYTES);
      for (int j = 0; j < i; j++) {
        if (ids[j] == ids[i]) {
          throw corrupt(at, "a section of its own", "section " + ids[i] + " again");
        }
      }
      expect(at + Container.ENTRY_OFFSET_AT, "offset " + expected, expected, offsets[i]);
      if (lengths[i] < 0 || lengths[i] > end - expected) {
        throw corrupt(
            at + Container.ENTRY_LENGTH_AT,
            "at most " + (end - expected) + " bytes",
            "" + lengths[i]);
      }
      expected = Container.align(expected + lengths[i]);
    }
    expect(Container.HEADER_BYTES, "sections that end at " + end, end, expected);
  }

  /** Whatever lies between the parts of a file is zero, so no byte is free to mean anything. */
  private void verifyPadding() throws IOException {
    long end = Container.HEADER_BYTES + (long) ids.length * Container.ENTRY_BYTES;
    for (int i = 0; i <= ids.length; i++) {
      int padding = (int) (Container.align(end) - end);
      expectZero(bytes(end, padding), 0, padding, end);
      end = i < ids.length ? offsets[i] + lengths[i] : end;
    }
  }

  private void verifyFooterLength() throws IOException {
    ByteBuffer footer = footer();
    long at = length - Container.FOOTER_BYTES;
    expect(
        at + Container.LENGTH_AT, "length " + length, length, footer.getLong(Container.LENGTH_AT));
    expectZero(footer, Container.ZERO_AT, Container.CRC_AT, at);
  }

  private ByteBuffer footer() throws IOException {
    return bytes(length - Container.FOOTER_BYTES, Container.FOOTER_BYTES);
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
   * The generation of the index it belongs to.
   *
   * @return at least 1
   */
  public long generation() {
    return generation;
  }

  /**
   * The version of its layout.
   *
   * @return from 1 to the newest
   */
  public int version() {
    return version;
  }

  /**
   * The length of the file.
   *
   * @return bytes
   */
  public long length() {
    return length;
  }

  /** The checksum its footer states. */
  int statedChecksum() throws IOException {
    return footer().getInt(Container.CRC_AT);
  }

  /**
   * Reads the whole file and compares its checksum with the footer's.
   *
   * @throws CorruptIndexException if they differ
   * @throws IOException if reading fails
   */
  public void verifyChecksum() throws IOException {
    CRC32C crc = new CRC32C();
    long end = length - (Container.FOOTER_BYTES - Container.CRC_AT);
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(end, 1 << 18));
    for (long at = 0; at < end; ) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
      readFully(chunk, at);
      at += chunk.flip().remaining();
      crc.update(chunk);
    }
    int stated = statedChecksum();
    if (stated != (int) crc.getValue()) {
      throw corrupt(
          end,
          "checksum " + Integer.toHexString((int) crc.getValue()),
          Integer.toHexString(stated));
    }
  }

  /**
   * Compares the checksum of a mapped file with the one its footer states, before its bytes are
   * written elsewhere under a checksum of their own.
   *
   * @param path the file
   * @param mapped all of it
   * @throws CorruptIndexException if they differ
   */
  public static void verifyChecksum(Path path, MemorySegment mapped) throws CorruptIndexException {
    CRC32C crc = new CRC32C();
    long end = mapped.byteSize() - (Container.FOOTER_BYTES - Container.CRC_AT);
    for (long at = 0; at < end; at += 1 << 20) {
      crc.update(mapped.asSlice(at, Math.min(1 << 20, end - at)).asByteBuffer());
    }
    int stated = mapped.get(Container.INT, end);
    if (stated != (int) crc.getValue()) {
      throw new CorruptIndexException(
          path,
          end,
          "checksum " + Integer.toHexString((int) crc.getValue()),
          Integer.toHexString(stated));
    }
  }

  /**
   * The place of a section.
   *
   * @param id its id
   * @param expectedLength the length it must have
   * @return its offset in the file
   * @throws CorruptIndexException if there is none of that id and length
   */
  public long section(int id, long expectedLength) throws CorruptIndexException {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        if (lengths[i] != expectedLength) {
          throw corrupt(
              Container.HEADER_BYTES + (long) i * Container.ENTRY_BYTES + Container.ENTRY_LENGTH_AT,
              "section " + id + " of " + expectedLength + " bytes",
              lengths[i] + " bytes");
        }
        return offsets[i];
      }
    }
    throw corrupt(Container.HEADER_BYTES, "a section " + id, "none");
  }

  /**
   * The length of a section whose size only it knows.
   *
   * @param id its id
   * @return bytes, or -1 if there is none
   */
  public long sectionLength(int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return lengths[i];
      }
    }
    return -1;
  }

  /**
   * Reads a few bytes.
   *
   * @param offset from the start of the file
   * @param count how many
   * @return a little-endian buffer of its own
   * @throws IOException if reading fails
   */
  public ByteBuffer bytes(long offset, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    readFully(target, offset);
    return target.flip();
  }

  /**
   * Reads longs.
   *
   * @param offset from the start of the file
   * @param target receives them
   * @param count how many
   * @throws IOException if reading fails
   */
  public void longs(long offset, long[] target, int count) throws IOException {
    int per = buffer.capacity() / 8;
    for (int done = 0; done < count; done += per) {
      int n = Math.min(per, count - done);
      fill(offset + 8L * done, 8 * n).asLongBuffer().get(target, done, n);
    }
  }

  /**
   * Reads ints.
   *
   * @param offset from the start of the file
   * @param target receives them
   * @param count how many
   * @throws IOException if reading fails
   */
  public void ints(long offset, int[] target, int count) throws IOException {
    int per = buffer.capacity() / 4;
    for (int done = 0; done < count; done += per) {
      int n = Math.min(per, count - done);
      fill(offset + 4L * done, 4 * n).asIntBuffer().get(target, done, n);
    }
  }

  /**
   * Reads floats, bit for bit.
   *
   * @param offset from the start of the file
   * @param target receives them
   * @param targetOffset the first element written
   * @param count how many
   * @throws IOException if reading fails
   */
  public void floats(long offset, float[] target, int targetOffset, int count) throws IOException {
    int per = buffer.capacity() / 4;
    for (int done = 0; done < count; done += per) {
      int n = Math.min(per, count - done);
      fill(offset + 4L * done, 4 * n).asFloatBuffer().get(target, targetOffset + done, n);
    }
  }

  /**
   * Maps the file.
   *
   * @param arena holds the mapping, also after this reader is closed
   * @return the whole file
   * @throws IOException if mapping fails
   */
  public MemorySegment map(Arena arena) throws IOException {
    MemorySegment segment = input.map(arena);
    if (segment.byteSize() != length) {
      throw corrupt(-1, length + " bytes", segment.byteSize() + " bytes");
    }
    return segment;
  }

  /**
   * Describes damage in this file.
   *
   * @param offset where, or -1
   * @param expected what the format demands
   * @param found what is there
   * @return to be thrown
   */
  public CorruptIndexException corrupt(long offset, String expected, String found) {
    return new CorruptIndexException(path, offset, expected, found);
  }

  /**
   * Demands a value.
   *
   * @param offset where it was read
   * @param name says what is expected
   * @param expected the value the format demands
   * @param found the value read
   * @throws CorruptIndexException if they differ
   */
  public void expect(long offset, String name, long expected, long found)
      throws CorruptIndexException {
    if (expected != found) {
      throw corrupt(offset, name, Long.toString(found));
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private void expectZero(ByteBuffer bytes, int from, int to, long base)
      throws CorruptIndexException {
    for (int i = from; i < to; i++) {
      expect(base + i, "zero", 0, bytes.get(i));
    }
  }

  private ByteBuffer fill(long offset, int count) throws IOException {
    buffer.clear().limit(count);
    readFully(buffer, offset);
    return buffer.flip();
  }

  private void readFully(ByteBuffer target, long offset) throws IOException {
    long at = offset;
    while (target.hasRemaining()) {
      int n = input.read(target, at);
      if (n < 0) {
        throw corrupt(at, "more bytes", "the end of the file");
      }
      at += n;
    }
  }
}
