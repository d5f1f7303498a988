package dev.kith.internal.storage;

import dev.kith.CorruptIndexException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A committed index to be read, or an index inside another: what a provider is handed.
 *
 * <p>Concurrency: one thread.
 */
public final class StoredIndex {
  /** Works on a stored index. */
  @FunctionalInterface
  public interface Action<T> {
    /**
     * Reads the index.
     *
     * @param index the outermost index
     * @return the outcome
     * @throws IOException if reading fails
     */
    T on(StoredIndex index) throws IOException;
  }

  /** How often opening starts over when a writer replaces the index meanwhile. */
  private static final int ATTEMPTS = 16;

  private final Storage storage;
  private final Path directory;
  private final Manifest manifest;
  private final int part;
  private final Storage.@Nullable Lock lock;

  private StoredIndex(
      Storage storage, Path directory, Manifest manifest, int part, Storage.@Nullable Lock lock) {
    this.storage = storage;
    this.directory = directory;
    this.manifest = manifest;
    this.part = part;
    this.lock = lock;
  }

  /**
   * Reads an index without a lock. When a writer replaces it meanwhile, the action runs again on
   * the new one.
   *
   * @param directory the directory
   * @param action reads everything it needs
   * @param <T> the outcome
   * @return the action's outcome
   * @throws IOException if there is no index or reading fails
   */
  public static <T> T read(Path directory, Action<T> action) throws IOException {
    Storage storage = Storage.current();
    for (int attempt = 1; ; attempt++) {
      Manifest manifest = requireManifest(storage, directory);
      Path real = storage.realPath(directory);
      try {
        return action.on(new StoredIndex(storage, real, manifest, 0, null));
      } catch (NoSuchFileException | CorruptIndexException e) {
        Manifest now = Manifest.read(storage, directory);
        boolean moved = now != null && now.generation() != manifest.generation();
        if (!moved || attempt == ATTEMPTS) {
          throw e instanceof NoSuchFileException missing ? asCorrupt(missing) : e;
        }
      }
    }
  }

  /**
   * Reads an index for changing it: takes the lock, which the index's {@link #home} keeps.
   *
   * @param directory the directory
   * @param action reads everything and keeps the home
   * @param <T> the outcome
   * @return the action's outcome
   * @throws IOException if there is no index, it is locked, or reading fails
   */
  public static <T> T readForWriting(Path directory, Action<T> action) throws IOException {
    Storage storage = Storage.current();
    requireManifest(storage, directory);
    Path real = storage.realPath(directory);
    Storage.Lock lock = storage.lock(real);
    try {
      return action.on(new StoredIndex(storage, real, requireManifest(storage, real), 0, lock));
    } catch (NoSuchFileException e) {
      lock.close();
      throw asCorrupt(e);
    } catch (Throwable e) {
      lock.close();
      throw e;
    }
  }

  private static Manifest requireManifest(Storage storage, Path directory) throws IOException {
    Manifest manifest = Manifest.read(storage, directory);
    if (manifest == null) {
      throw IndexHome.notAnIndex(directory);
    }
    return manifest;
  }

  private static CorruptIndexException asCorrupt(NoSuchFileException missing) {
    CorruptIndexException corrupt =
        new CorruptIndexException(
            Path.of(missing.getFile()), -1, "a file that the manifest names", "none");
    corrupt.initCause(missing);
    return corrupt;
  }

  /**
   * The directory.
   *
   * @return its real path
   */
  public Path directory() {
    return directory;
  }

  /**
   * The type name of this index.
   *
   * @return which provider reads it
   */
  public String type() {
    return manifest.parts().get(part).type();
  }

  /**
   * The home for the opened index.
   *
   * @return with the lock, if this was opened for writing
   */
  public IndexHome home() {
    return IndexHome.opened(directory, manifest.generation(), lock);
  }

  /**
   * An index inside this one.
   *
   * @param name as it was written
   * @return that index
   * @throws CorruptIndexException if there is none
   */
  public StoredIndex part(String name) throws CorruptIndexException {
    String own = manifest.parts().get(part).name();
    String full = own.isEmpty() ? name : own + "-" + name;
    for (int i = 0; i < manifest.parts().size(); i++) {
      if (manifest.parts().get(i).name().equals(full)) {
        return new StoredIndex(storage, directory, manifest, i, lock);
      }
    }
    throw new CorruptIndexException(
        directory.resolve(FileNames.MANIFEST), -1, "a part \"" + full + "\"", "none");
  }

  /**
   * Opens a file of this index: its frame is verified, and it is the one the manifest means.
   *
   * @param name as it was written
   * @param type the type it must have
   * @param checksum whether to verify its checksum too
   * @return to be closed by the caller
   * @throws IOException if it is damaged or cannot be read
   */
  public FileReader open(String name, FileType type, boolean checksum) throws IOException {
    for (Manifest.Entry entry : manifest.files()) {
      if (entry.part() == part && entry.name().equals(name)) {
        return open(entry, type, checksum);
      }
    }
    throw new CorruptIndexException(
        directory.resolve(FileNames.MANIFEST), -1, "a file \"" + name + "\"", "none");
  }

  private FileReader open(Manifest.Entry entry, FileType type, boolean checksum)
      throws IOException {
    Path path = directory.resolve(manifest.fileName(entry));
    FileReader file = FileReader.open(storage, path, type);
    try {
      file.expect(
          -1, "generation " + manifest.generation(), manifest.generation(), file.generation());
      file.expect(-1, "the manifest's " + entry.length() + " bytes", entry.length(), file.length());
      if (entry.crc() != file.statedChecksum()) {
        throw file.corrupt(
            file.length() - 4,
            "the manifest's checksum " + Integer.toHexString(entry.crc()),
            Integer.toHexString(file.statedChecksum()));
      }
      if (checksum) {
        file.verifyChecksum();
      }
      return file;
    } catch (Throwable e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * The bytes of all data files of the outermost index, as the manifest states them.
   *
   * @return zero or more
   */
  public long bytes() {
    return manifest.files().stream().mapToLong(Manifest.Entry::length).sum();
  }

  /**
   * A data file that the manifest names.
   *
   * @param part the name of the index it belongs to; empty for the outermost
   * @param type the type name of that index
   * @param path where it is
   * @param bytes its length, as the manifest states it
   */
  public record Listed(String part, String type, Path path, long bytes) {}

  /**
   * The data files of the outermost index and of those inside it.
   *
   * @return in the order of the manifest
   */
  public List<Listed> files() {
    List<Listed> files = new ArrayList<>();
    for (Manifest.Entry entry : manifest.files()) {
      Manifest.Part owner = manifest.parts().get(entry.part());
      Path path = directory.resolve(manifest.fileName(entry));
      files.add(new Listed(owner.name(), owner.type(), path, entry.length()));
    }
    return files;
  }

  /**
   * The number of this save.
   *
   * @return at least 1
   */
  public long generation() {
    return manifest.generation();
  }

  /**
   * Names of files in the directory that no save made or that an interrupted save left.
   *
   * @return leftovers; harmless, the next save deletes those that are Kith's
   * @throws IOException if the directory cannot be read
   */
  public List<String> leftovers() throws IOException {
    List<String> names = new ArrayList<>(storage.list(directory));
    names.remove(FileNames.MANIFEST);
    names.remove(FileNames.LOCK);
    manifest.files().forEach(entry -> names.remove(manifest.fileName(entry)));
    return names;
  }
}
