package dev.kith.internal.storage;

import dev.kith.IndexLockedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The seam to the file system: every byte that Kith stores passes here, so that tests can make it
 * fail.
 *
 * <p>Concurrency: any thread; a file object belongs to one thread at a time.
 */
public interface Storage {
  /** Replaces the file system for the calls made in its scope; for fault-injection tests. */
  ScopedValue<Storage> REPLACEMENT = ScopedValue.newInstance();

  /**
   * The storage to use.
   *
   * @return the file system, unless a test has bound {@link #REPLACEMENT}
   */
  static Storage current() {
    return REPLACEMENT.orElse(FileSystemStorage.INSTANCE);
  }

  /** A file being written from its start to its end. */
  interface Output extends AutoCloseable {
    /**
     * Appends all remaining bytes.
     *
     * @param bytes the bytes
     * @throws IOException if writing fails
     */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Returns when everything written is on the device.
     *
     * @throws IOException if that fails
     */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A file being read. */
  interface Input extends AutoCloseable {
    /**
     * The length of the file.
     *
     * @return bytes
     * @throws IOException if it cannot be told
     */
    long size() throws IOException;

    /**
     * Reads as many bytes as there is room for.
     *
     * @param target receives the bytes
     * @param position where to read, from the start of the file
     * @return bytes read, or -1 at the end
     * @throws IOException if reading fails
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Maps the whole file, read-only.
     *
     * @param arena holds the mapping, also after this input is closed
     * @return the bytes
     * @throws IOException if mapping fails
     */
    MemorySegment map(Arena arena) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A lock on a directory, held by this process until it is closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * The names in a directory.
   *
   * @param directory a directory
   * @return sorted names
   * @throws IOException if it cannot be read, {@link java.nio.file.NoSuchFileException} if it does
   *     not exist
   */
  List<String> list(Path directory) throws IOException;

  /**
   * Makes a directory unless it exists.
   *
   * @param directory its parent must exist
   * @return true when it was made, false when it was there
   * @throws IOException if that fails, {@link java.nio.file.FileAlreadyExistsException} if it is a
   *     file
   */
  boolean createDirectory(Path directory) throws IOException;

  /**
   * The path by which every process knows a directory.
   *
   * @param directory an existing directory
   * @return absolute, without links
   * @throws IOException if it does not exist
   */
  Path realPath(Path directory) throws IOException;

  /**
   * Opens a file for writing, empty.
   *
   * @param file created or truncated
   * @return the open file
   * @throws IOException if that fails
   */
  Output create(Path file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @param file an existing file
   * @return the open file
   * @throws IOException if that fails, {@link java.nio.file.NoSuchFileException} if it does not
   *     exist
   */
  Input open(Path file) throws IOException;

  /**
   * Renames atomically, replacing what is there.
   *
   * @param from an existing file
   * @param to in the same directory
   * @throws IOException if that fails; then nothing is changed
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Deletes a file if it exists.
   *
   * @param file the file
   * @throws IOException if that fails
   */
  void delete(Path file) throws IOException;

  /**
   * Returns when the names in a directory are on the device.
   *
   * @param directory the directory
   * @throws IOException if that fails
   */
  void forceDirectory(Path directory) throws IOException;

  /**
   * Takes the writer's lock of a directory, without waiting. The end of the process ends it,
   * whatever the reason.
   *
   * @param directory an existing directory
   * @return the lock
   * @throws IndexLockedException if this or another process holds it
   * @throws IOException if the lock file cannot be made
   */
  Lock lock(Path directory) throws IOException;
}
