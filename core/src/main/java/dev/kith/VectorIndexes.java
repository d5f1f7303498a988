package dev.kith;

import dev.kith.internal.jfr.OpenEvent;
import dev.kith.internal.storage.StoredIndex;
import dev.kith.spi.IndexProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Opens, checks and makes indexes of any type.
 *
 * <p>The types are those of the Kith modules on the class path or module path: {@code kith-core}
 * brings {@code Flat}.
 *
 * <p>Concurrency: any thread.
 */
public final class VectorIndexes {
  private VectorIndexes() {}

  /**
   * Opens a saved index, read-only, into the heap, verifying checksums. Takes no lock: any number
   * of processes may have one directory open, also while a writer saves to it.
   *
   * @param directory where it was saved
   * @return the index as it was when it was saved last
   * @throws CorruptIndexException if the files are damaged
   * @throws UnsupportedFormatVersionException if a newer Kith wrote them
   * @throws InsufficientMemoryException if the index does not fit into the heap
   * @throws IOException if there is no index or the files cannot be read
   */
  public static VectorIndex open(Path directory) throws IOException {
    return open(directory, OpenOptions.defaults());
  }

  /**
   * Opens a saved index, read-only.
   *
   * @param directory where it was saved
   * @param options into the heap or mapped, and whether to warm up
   * @return the index as it was when it was saved last
   * @throws CorruptIndexException if the files are damaged
   * @throws UnsupportedFormatVersionException if a newer Kith wrote them
   * @throws InsufficientMemoryException if the index does not fit into the heap
   * @throws IOException if there is no index or the files cannot be read
   */
  public static VectorIndex open(Path directory, OpenOptions options) throws IOException {
    OpenEvent event = new OpenEvent();
    event.begin();
    return StoredIndex.read(
        directory,
        stored -> {
          VectorIndex index = provider(stored).open(stored, options);
          commit(event, stored);
          return index;
        });
  }

  /**
   * Opens a saved index for changing it. It holds the directory's writer lock until it is closed.
   *
   * @param directory where it was saved
   * @return the index, in the heap; changes reach the directory when it is saved there
   * @throws IndexLockedException if another writer, in this process or another, holds the directory
   * @throws CorruptIndexException if the files are damaged
   * @throws UnsupportedFormatVersionException if a newer Kith wrote them
   * @throws InsufficientMemoryException if the index does not fit into the heap
   * @throws IOException if there is no index or the files cannot be read
   */
  public static MutableVectorIndex openForWriting(Path directory) throws IOException {
    OpenEvent event = new OpenEvent();
    event.begin();
    return StoredIndex.readForWriting(
        directory,
        stored -> {
          MutableVectorIndex index = provider(stored).openForWriting(stored);
          commit(event, stored);
          return index;
        });
  }

  /**
   * Verifies a saved index as thoroughly as possible: checksums of every byte, structure, and what
   * its type promises.
   *
   * @param directory where it was saved
   * @return what was verified and what is wrong; damage is reported, not thrown
   * @throws IOException if there is no index or the files cannot be read at all
   */
  public static CheckReport check(Path directory) throws IOException {
    List<String> findings = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    String[] type = {""};
    try {
      StoredIndex.read(
          directory,
          stored -> {
            findings.clear();
            type[0] = stored.type();
            findings.add("manifest: sound, an index of type " + stored.type());
            provider(stored).check(stored, findings);
            for (String name : stored.leftovers()) {
              findings.add("left over, not part of the index: " + name);
            }
            return true;
          });
    } catch (CorruptIndexException | UnsupportedFormatVersionException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new CheckReport(directory, type[0], findings, problems);
  }

  /**
   * Makes an empty index of a description.
   *
   * @param spec the description, see {@link IndexSpec#parse}
   * @return the index
   * @throws IllegalArgumentException if no module on the class path knows the description or a part
   *     is out of range
   */
  public static MutableVectorIndex create(IndexSpec spec) {
    return find(provider -> provider.understands(spec))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "spec: no index type for \""
                        + spec.text()
                        + "\"; is its module on the class path?"))
        .create(spec);
  }

  private static void commit(OpenEvent event, StoredIndex stored) {
    event.type = stored.type();
    event.bytes = stored.bytes();
    event.commit();
  }

  private static IndexProvider provider(StoredIndex stored) throws IOException {
    String type = stored.type();
    Optional<IndexProvider> provider = find(p -> p.type().equals(type));
    if (provider.isEmpty()) {
      throw new IOException(
          stored.directory()
              + ": an index of type \""
              + type
              + "\", which needs the artifact dev.kith:kith-"
              + type
              + " on the class path or module path");
    }
    return provider.get();
  }

  /** Looks where the library was loaded first, then where the caller's thread looks. */
  private static Optional<IndexProvider> find(Predicate<IndexProvider> wanted) {
    ClassLoader own = VectorIndexes.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return find(ServiceLoader.load(IndexProvider.class, own), wanted)
        .or(() -> find(ServiceLoader.load(IndexProvider.class, context), wanted));
  }

  private static Optional<IndexProvider> find(
      ServiceLoader<IndexProvider> loader, Predicate<IndexProvider> wanted) {
    return loader.stream().map(ServiceLoader.Provider::get).filter(wanted).findFirst();
  }
}
