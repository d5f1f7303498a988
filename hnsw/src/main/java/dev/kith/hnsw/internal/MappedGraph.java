package dev.kith.hnsw.internal;

import dev.kith.CorruptIndexException;
import dev.kith.Footprint;
import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.GrowableVectors;
import dev.kith.internal.rows.MappedRows;
import dev.kith.internal.storage.FileReader;
import dev.kith.internal.storage.PartWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph in a mapped file. A link that leads nowhere is met as an {@link UncheckedIOException}
 * around a {@link CorruptIndexException}.
 *
 * <p>Concurrency: read-only.
 */
public final class MappedGraph implements Adjacency, HnswFormat.Source {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment mapped;
  private final GraphParameters parameters;
  private final int m;
  private final MappedRows rows;
  private final CodeSpace space;
  private final EncodedVectors near;
  private final long entry;
  private final MemorySegment upperStarts;
  private final MemorySegment level0;
  private final MemorySegment upper;

  MappedGraph(
      Path file,
      MemorySegment mapped,
      GraphParameters parameters,
      MappedRows rows,
      float @Nullable [] centre,
      long entry,
      MemorySegment upperStarts,
      MemorySegment level0,
      MemorySegment upper) {
    this.file = file;
    this.mapped = mapped;
    this.parameters = parameters;
    this.m = parameters.m();
    this.rows = rows;
    this.space = new CodeSpace(parameters.dimension(), parameters.metric());
    if (centre != null) {
      space.place(centre);
    }
    this.near = parameters.codedRows() ? encoded(parameters, rows, space) : rows.vectors();
    this.entry = entry;
    this.upperStarts = upperStarts;
    this.level0 = level0;
    this.upper = upper;
  }

  /** Codes in memory, made from every vector of the file. */
  private static EncodedVectors encoded(
      GraphParameters parameters, MappedRows rows, CodeSpace space) {
    GrowableVectors codes = parameters.newCodes();
    codes.ensureCapacity(rows.limit());
    float[] vector = new float[parameters.dimension()];
    float[] entered = space.room();
    for (int row = 0; row < rows.limit(); row++) {
      rows.vectors().decode(row, vector);
      space.enter(vector, entered);
      codes.set(row, entered);
    }
    return codes;
  }

  @Override
  public float @Nullable [] centre() {
    return space.centre();
  }

  /**
   * Where codes live.
   *
   * @return the space
   */
  public CodeSpace space() {
    return space;
  }

  /**
   * What searches look at.
   *
   * @return the vectors in the file, or codes of them in memory
   */
  public EncodedVectors near() {
    return near;
  }

  /**
   * Where it is held.
   *
   * @param fileBytes bytes of the file
   * @return bytes of the file, and of codes in memory
   */
  public Footprint footprint(long fileBytes) {
    return !parameters.codedRows()
        ? new Footprint(Map.of("mapped file", fileBytes))
        : new Footprint(Map.of("mapped file", fileBytes, "row codes", near.bytes()));
  }

  @Override
  public MappedRows vectors() {
    return rows;
  }

  @Override
  public Adjacency links() {
    return this;
  }

  @Override
  public long entryPoint() {
    return entry;
  }

  @Override
  public int rows() {
    return rows.limit();
  }

  @Override
  public int maxLinks(int level) {
    return level == 0 ? 2 * m : m;
  }

  @Override
  public int level(int row) {
    int start = upperStarts.getAtIndex(INT, row);
    int level = upperStarts.getAtIndex(INT, row + 1L) - start;
    if (start < 0 || level < 0 || level > Levels.MAX || (row == 0 && start != 0)) {
      throw corrupt("a level of row " + row + " from 0 to " + Levels.MAX, "" + level);
    }
    return level;
  }

  @Override
  public int touch(int row) {
    return level0.get(INT, 4L * maxLinks(0) * row);
  }

  @Override
  public int links(int row, int level, int[] target) {
    if (level == 0) {
      return copy(level0, (long) row * 2 * m, 2 * m, row, target);
    }
    int start = upperStarts.getAtIndex(INT, row);
    long first = ((long) start + level - 1) * m;
    if (level > level(row) || first < 0 || (first + m) * Integer.BYTES > upper.byteSize()) {
      throw corrupt("links of row " + row + " on level " + level, "none");
    }
    return copy(upper, first, m, row, target);
  }

  /**
   * Verifies the bytes of the mapped file, which opening it did not, and writes the graph.
   *
   * @param part receives the file
   * @throws IOException if writing fails
   */
  public void write(PartWriter part) throws IOException {
    FileReader.verifyChecksum(file, mapped);
    HnswFormat.write(part, parameters, this);
  }

  private int copy(MemorySegment list, long first, int slots, int row, int[] target) {
    int count = 0;
    while (count < slots) {
      int link = list.getAtIndex(INT, first + count);
      if (link == -1) {
        break;
      }
      if (link < 0 || link >= rows.limit()) {
        throw corrupt("a link of row " + row + " to a row below " + rows.limit(), "" + link);
      }
      target[count++] = link;
    }
    return count;
  }

  private UncheckedIOException corrupt(String expected, String found) {
    return new UncheckedIOException(new CorruptIndexException(file, -1, expected, found));
  }
}
