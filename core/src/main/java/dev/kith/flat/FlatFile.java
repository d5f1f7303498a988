package dev.kith.flat;

import dev.kith.Metric;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.idmap.RowTable;
import dev.kith.internal.rows.MappedRows;
import dev.kith.internal.rows.RowReader;
import dev.kith.internal.rows.TableRows;
import dev.kith.internal.storage.FileReader;
import dev.kith.internal.storage.FileType;
import dev.kith.internal.storage.StoredIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads the file of a flat index.
 *
 * <p>Concurrency: one thread.
 */
final class FlatFile implements AutoCloseable {
  private final FileReader file;
  private final RowReader rows;
  private final int dimension;
  private final Metric metric;
  private final int count;

  private FlatFile(FileReader file) throws IOException {
    this.file = file;
    long at = file.section(FlatFormat.CONFIG, FlatFormat.CONFIG_BYTES);
    ByteBuffer config = file.bytes(at, FlatFormat.CONFIG_BYTES);
    this.dimension = config.getInt(0);
    this.metric = RowReader.metric(file, at + 4, config.getInt(4));
    this.count = config.getInt(8);
    file.expect(at + 12, "zero", 0, config.getInt(12));
    this.rows = new RowReader(file, dimension, metric, count, at);
  }

  static FlatFile open(StoredIndex stored, boolean checksum) throws IOException {
    FileReader file = stored.open(FlatFormat.FILE, FileType.FLAT, checksum);
    try {
      return new FlatFile(file);
    } catch (Throwable e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  int dimension() {
    return dimension;
  }

  Metric metric() {
    return metric;
  }

  int count() {
    return count;
  }

  /** Reads everything into memory and verifies it. */
  TableRows read(Epochs epochs) throws IOException {
    RowTable table = new RowTable(epochs);
    GrowableVectors vectors = Float32Encoding.INSTANCE.newVectors(dimension, metric);
    rows.read(table, vectors);
    return TableRows.now(table, vectors);
  }

  /** Maps the whole file. */
  MemorySegment map(Arena arena) throws IOException {
    return file.map(arena);
  }

  /** The rows of the mapped file; their bytes are not looked at. */
  MappedRows rows(MemorySegment mapped) throws IOException {
    return rows.map(mapped);
  }

  Path path() {
    return file.path();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
