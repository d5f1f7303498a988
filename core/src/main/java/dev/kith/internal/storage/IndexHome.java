package dev.kith.internal.storage;

import dev.kith.CorruptIndexException;
import dev.kith.internal.jfr.SaveEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an index lives on disk, and how it is saved there: the commit protocol.
 *
 * <p>A save takes the directory's lock; writes every file under a temporary name and forces it;
 * renames the files; forces the directory; writes, forces and renames the manifest; forces the
 * directory; deletes what the manifest no longer names. Until the manifest is renamed the old index
 * is whole, afterwards the new one is; no committed file is ever changed.
 *
 * <p>Concurrency: callers hold the index's writer lock.
 */
public final class IndexHome implements AutoCloseable {
  /** Writes an index. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all files.
     *
     * @param writer of the outermost index
     * @throws IOException if writing fails
     */
    void write(PartWriter writer) throws IOException;
  }

  /** The generations this index knows: of every directory it was opened from or saved to. */
  private final Map<Path, Long> known = new HashMap<>();

  private volatile long generation;
  private final @Nullable Path locked;
  private Storage.@Nullable Lock lock;

  private IndexHome(@Nullable Path locked, Storage.@Nullable Lock lock) {
    this.locked = locked;
    this.lock = lock;
  }

  /**
   * The home of an index that has never met a directory.
   *
   * @return generation 0
   */
  public static IndexHome none() {
    return new IndexHome(null, null);
  }

  static IndexHome opened(Path realDirectory, long generation, Storage.@Nullable Lock lock) {
    IndexHome home = new IndexHome(realDirectory, lock);
    home.movedTo(realDirectory, generation);
    return home;
  }

  /**
   * The generation that this index was opened from or saved as.
   *
   * @return 0 when it never was
   */
  public long generation() {
    return generation;
  }

  /**
   * Saves an index as the next generation of a directory.
   *
   * @param target the directory; made when it does not exist
   * @param type the type name of the index
   * @param content writes its files
   * @throws IOException if anything fails; the directory holds what it held
   * @throws IllegalArgumentException if the directory holds something else than a Kith index, or a
   *     newer generation than this index knows
   */
  public void save(Path target, String type, Content content) throws IOException {
    SaveEvent event = new SaveEvent();
    event.begin();
    Storage storage = Storage.current();
    makeDirectory(storage, target);
    Path real = storage.realPath(target);
    if (lock != null && real.equals(locked)) {
      commit(storage, real, target, type, content, event);
    } else {
      requireOurs(target, storage.list(real));
      Storage.Lock borrowed = storage.lock(real);
      try {
        commit(storage, real, target, type, content, event);
      } finally {
        borrowed.close();
      }
    }
  }

  private static void makeDirectory(Storage storage, Path target) throws IOException {
    try {
      if (storage.createDirectory(target)) {
        forceParent(storage, target);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException("directory: " + target + " is a file", e);
    }
  }

  /** Makes a new directory durable, or takes it back: the next save must not find it half made. */
  private static void forceParent(Storage storage, Path fresh) throws IOException {
    Path parent = fresh.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    try {
      storage.forceDirectory(parent);
    } catch (IOException e) {
      try {
        storage.delete(fresh);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private void commit(
      Storage storage, Path real, Path asGiven, String type, Content content, SaveEvent event)
      throws IOException {
    List<String> before = storage.list(real);
    requireOurs(asGiven, before);
    Manifest previous = Manifest.read(storage, real);
    long found = previous == null ? 0 : previous.generation();
    long own = known.getOrDefault(real, found);
    if (previous != null && found != own) {
      throw new IllegalArgumentException(
          "directory: "
              + asGiven
              + " holds generation "
              + found
              + ", this index comes from generation "
              + own
              + " of it; open it again");
    }
    if (own == Long.MAX_VALUE) { // only a hostile file says so, and none could follow it
      Path manifest = real.resolve(FileNames.MANIFEST);
      throw new CorruptIndexException(
          manifest, Container.GENERATION_AT, "a generation below 2^63 - 1", "" + own);
    }
    PartWriter.Target commit = new PartWriter.Target(storage, real, own + 1);
    try {
      content.write(new PartWriter(commit, "", type));
      Manifest manifest = commit.manifest();
      publish(storage, real, manifest);
      removeLeftovers(storage, real, List.of(manifest));
      event.type = type;
      event.bytes = manifest.files().stream().mapToLong(Manifest.Entry::length).sum();
      event.commit();
    } catch (Throwable e) {
      rollBack(storage, real, previous, commit.generation(), e);
      throw e;
    }
  }

  private void publish(Storage storage, Path real, Manifest manifest) throws IOException {
    for (Manifest.Entry entry : manifest.files()) {
      String name = manifest.fileName(entry);
      storage.rename(real.resolve(FileNames.temporary(name)), real.resolve(name));
    }
    storage.forceDirectory(real);
    Path temporary = real.resolve(FileNames.temporary(FileNames.MANIFEST));
    manifest.write(storage, temporary);
    storage.rename(temporary, real.resolve(FileNames.MANIFEST));
    // also when the force fails: this is what readers find from now on
    movedTo(real, manifest.generation());
    storage.forceDirectory(real);
  }

  private void movedTo(Path real, long reached) {
    known.put(real, reached);
    generation = reached;
  }

  /**
   * After a failure: deletes what was written. When the failure came after the manifest was
   * renamed, nobody knows which manifest a power cut would leave, so the files of both stay. An
   * interrupt, which may be what failed the save, would close every file opened here: it waits.
   */
  private void rollBack(
      Storage storage, Path real, @Nullable Manifest previous, long attempted, Throwable cause) {
    boolean interrupted = Thread.interrupted();
    try {
      List<Manifest> keep = new ArrayList<>();
      Manifest there = Manifest.read(storage, real);
      if (previous != null) {
        keep.add(previous);
      }
      if (there != null) {
        keep.add(there);
        if (there.generation() == attempted) {
          movedTo(real, attempted);
        }
      }
      removeLeftovers(storage, real, keep);
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void removeLeftovers(Storage storage, Path real, List<Manifest> manifests) {
    Set<String> named = new HashSet<>();
    for (Manifest manifest : manifests) {
      manifest.files().forEach(entry -> named.add(manifest.fileName(entry)));
    }
    try {
      for (String name : storage.list(real)) {
        if (FileNames.isDataOrTemporary(name) && !named.contains(name)) {
          storage.delete(real.resolve(name));
        }
      }
    } catch (IOException e) {
      // the index is whole; the next save tries again
      System.getLogger("dev.kith")
          .log(Level.WARNING, "cannot delete files of an earlier save in " + real, e);
    }
  }

  private static void requireOurs(Path directory, List<String> names) {
    for (String name : names) {
      if (!FileNames.isOurs(name)) {
        throw new IllegalArgumentException(
            "directory: "
                + directory
                + " holds \""
                + name
                + "\", expected an empty directory or a Kith index");
      }
    }
  }

  /** Gives the lock back, if this home holds one. */
  @Override
  public void close() {
    Storage.Lock held = lock;
    lock = null;
    if (held != null) {
      held.close();
    }
  }

  static NoSuchFileException notAnIndex(Path directory) {
    return new NoSuchFileException(
        directory.toString(),
        null,
        "no Kith index here (no file named " + FileNames.MANIFEST + ")");
  }
}
