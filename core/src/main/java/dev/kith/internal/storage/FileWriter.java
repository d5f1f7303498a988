package dev.kith.internal.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes one file from start to end: sections in the announced order, each of exactly its announced
 * length.
 *
 * <p>Concurrency: one thread.
 */
public final class FileWriter implements AutoCloseable {
  private final Storage.Output output;
  private final List<Section> sections;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer;
  private long written;
  private int section = -1;
  private long sectionEnd;

  FileWriter(Storage.Output output, FileType type, long generation, List<Section> sections)
      throws IOException {
    this.output = output;
    this.sections = List.copyOf(sections);
    long bytes = sections.stream().mapToLong(s -> Container.align(s.length())).sum();
    this.buffer =
        ByteBuffer.allocateDirect(Math.clamp(bytes, 1 << 10, 1 << 18))
            .order(ByteOrder.LITTLE_ENDIAN);
    putLong(Container.MAGIC);
    putInt(type.code());
    putInt(type.version());
    putLong(generation);
    putInt(sections.size());
    padTo(Container.HEADER_BYTES);
    long offset = Container.firstSection(sections.size());
    for (Section s : sections) {
      putInt(s.id());
      putInt(0);
      putLong(offset);
      putLong(s.length());
      offset = Container.align(offset + s.length());
    }
    padTo(Container.firstSection(sections.size()));
    sectionEnd = position();
  }

  /**
   * Begins the next section.
   *
   * @param id must be the next of the announced ones
   * @throws IOException if writing fails
   */
  public void begin(int id) throws IOException {
    endSection();
    section++;
    if (section >= sections.size() || sections.get(section).id() != id) {
      throw new IllegalStateException("section " + id + " out of turn");
    }
    sectionEnd = position() + sections.get(section).length();
  }

  /**
   * Appends an int.
   *
   * @param value the value
   * @throws IOException if writing fails
   */
  public void putInt(int value) throws IOException {
    room(4).putInt(value);
  }

  /**
   * Appends a long.
   *
   * @param value the value
   * @throws IOException if writing fails
   */
  public void putLong(long value) throws IOException {
    room(8).putLong(value);
  }

  /**
   * Appends floats, bit for bit.
   *
   * @param values the array
   * @param offset the first one
   * @param count how many
   * @throws IOException if writing fails
   */
  public void putFloats(float[] values, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      ByteBuffer room = room(4);
      int n = Math.min(count - done, room.remaining() / 4);
      room.asFloatBuffer().put(values, offset + done, n);
      room.position(room.position() + 4 * n);
      done += n;
    }
  }

  /**
   * Appends bytes.
   *
   * @param values the bytes
   * @throws IOException if writing fails
   */
  public void putBytes(byte[] values) throws IOException {
    int done = 0;
    while (done < values.length) {
      ByteBuffer room = room(1);
      int n = Math.min(values.length - done, room.remaining());
      room.put(values, done, n);
      done += n;
    }
  }

  /**
   * Writes the footer and forces everything to the device; returns what the manifest says about the
   * file.
   */
  Written finish() throws IOException {
    endSection();
    if (section != sections.size() - 1) {
      throw new IllegalStateException("section " + (section + 1) + " was not written");
    }
    long length = position() + Container.FOOTER_BYTES;
    putLong(length);
    putInt(0);
    flush();
    int value = (int) crc.getValue();
    putInt(value);
    flush();
    output.force();
    return new Written(length, value);
  }

  /** The length and checksum of a finished file. */
  record Written(long length, int crc) {}

  @Override
  public void close() throws IOException {
    output.close();
  }

  private long position() {
    return written + buffer.position();
  }

  private void endSection() throws IOException {
    if (position() != sectionEnd) {
      throw new IllegalStateException(
          "section " + section + " ends at " + position() + ", announced " + sectionEnd);
    }
    padTo(Container.align(sectionEnd));
    sectionEnd = position();
  }

  private void padTo(long offset) throws IOException {
    while (position() < offset) {
      room(1).put((byte) 0);
    }
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    written += buffer.remaining();
    crc.update(buffer.duplicate());
    output.write(buffer);
    buffer.clear();
  }
}
