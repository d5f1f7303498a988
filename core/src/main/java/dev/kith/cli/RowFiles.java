package dev.kith.cli;

import dev.kith.internal.rows.RowSalvage.Sink;
import dev.kith.internal.storage.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Two files beside each other: vectors in the layout of {@code .fvecs}, and as {@code .ids} a
 * little-endian int64 for each of them, in the same order, nothing else.
 */
final class RowFiles {
  /** Produces the rows. */
  @FunctionalInterface
  interface Rows {
    void writeTo(Sink sink) throws IOException;
  }

  private RowFiles() {}

  /** The name of the file of ids. */
  static Path ids(Path vectors) {
    return vectors.resolveSibling(
        ("" + vectors.getFileName()).replaceFirst("\\.fvecs$", "") + ".ids");
  }

  /** Writes both files, or none if anything fails; gives the number of rows. */
  static int write(Path vectors, Rows rows) throws IOException {
    int[] count = {0};
    DataFile.write(
        vectors,
        vectorBytes ->
            DataFile.write(
                ids(vectors),
                idBytes ->
                    rows.writeTo(
                        (id, vector) -> {
                          byte[] word = new byte[Long.BYTES];
                          littleEndian(word).putLong(id);
                          idBytes.write(word);
                          byte[] row = new byte[Integer.BYTES * (1 + vector.length)];
                          littleEndian(row).putInt(vector.length).asFloatBuffer().put(vector);
                          vectorBytes.write(row);
                          count[0]++;
                        })));
    return count[0];
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
