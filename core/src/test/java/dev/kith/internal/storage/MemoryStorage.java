package dev.kith.internal.storage;

import dev.kith.IndexLockedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that can lose power. It knows what was forced and what was not, and gives the
 * disks that may be left: of the bytes of a file that were not forced, all, none, the first ones or
 * some sectors are there; of the changes of a directory that were not forced, any.
 */
public final class MemoryStorage implements Storage {
  private static final int SECTOR = 512;

  private static final class Content {
    byte[] forced = {};
    byte[] now = {};
  }

  /** A change of a directory's names: one file loses a name, gains one, or both at once. */
  private record Change(String lost, String gained, Content content) {
    void applyTo(Map<String, Content> names) {
      if (names.get(lost) == content) {
        names.remove(lost);
      }
      if (!gained.isEmpty()) {
        names.put(gained, content);
      }
    }
  }

  private static final class Directory {
    boolean forced;
    final Map<String, Content> forcedNames = new TreeMap<>();
    final Map<String, Content> names = new TreeMap<>();
    final List<Change> unforced = new ArrayList<>();

    Content require(Path file) throws NoSuchFileException {
      Content content = names.get("" + file.getFileName());
      if (content == null) {
        throw new NoSuchFileException(file.toString());
      }
      return content;
    }

    void change(String lost, String gained, Content content) {
      Change change = new Change(lost, gained, content);
      change.applyTo(names);
      unforced.add(change);
    }
  }

  private final Map<Path, Directory> directories = new HashMap<>();
  private final Set<Path> locked = new HashSet<>();

  /** A disk with one empty directory. */
  public MemoryStorage(Path root) {
    Directory directory = new Directory();
    directory.forced = true;
    directories.put(root, directory);
  }

  /** The disk as it is, everything forced. */
  public MemoryStorage copy() {
    return after(
        (pending, kept) -> pending, (content, unused) -> content.now, new SplittableRandom(0));
  }

  /** A disk without anything that was not forced. */
  public MemoryStorage crashLosingAll() {
    return after(
        (pending, kept) -> List.of(), (content, unused) -> content.forced, new SplittableRandom(0));
  }

  /** A disk with some of what was not forced. */
  public MemoryStorage crash(RandomGenerator random) {
    return after(MemoryStorage::someOf, MemoryStorage::someBytesOf, random);
  }

  /** The bytes of a file; the test may change them. */
  public byte[] bytes(Path file) throws NoSuchFileException {
    return directory(file.getParent()).require(file).now;
  }

  /** Replaces a file. */
  public void put(Path file, byte[] bytes) throws NoSuchFileException {
    Content content = new Content();
    content.now = bytes;
    content.forced = bytes;
    directory(file.getParent()).names.put("" + file.getFileName(), content);
  }

  private interface Kept<T, R> {
    R of(T unforced, RandomGenerator random);
  }

  private MemoryStorage after(
      Kept<List<Change>, List<Change>> changes,
      Kept<Content, byte[]> bytes,
      RandomGenerator random) {
    MemoryStorage left = new MemoryStorage(Path.of("/"));
    Map<Content, Content> copies = new HashMap<>();
    for (Map.Entry<Path, Directory> entry : directories.entrySet()) {
      Directory directory = entry.getValue();
      Change self = new Change("", "self", new Content());
      if (!directory.forced && changes.of(List.of(self), random).isEmpty()) {
        continue;
      }
      Map<String, Content> names = new TreeMap<>(directory.forcedNames);
      changes.of(directory.unforced, random).forEach(change -> change.applyTo(names));
      Directory copy = new Directory();
      copy.forced = true;
      for (Map.Entry<String, Content> name : names.entrySet()) {
        Content content =
            copies.computeIfAbsent(
                name.getValue(),
                old -> {
                  Content fresh = new Content();
                  fresh.now = bytes.of(old, random).clone();
                  fresh.forced = fresh.now;
                  return fresh;
                });
        copy.names.put(name.getKey(), content);
        copy.forcedNames.put(name.getKey(), content);
      }
      left.directories.put(entry.getKey(), copy);
    }
    return left;
  }

  private static List<Change> someOf(List<Change> unforced, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of();
      case 1 -> unforced;
      case 2 -> unforced.subList(0, random.nextInt(unforced.size() + 1));
      default -> unforced.stream().filter(change -> random.nextBoolean()).toList();
    };
  }

  private static byte[] someBytesOf(Content content, RandomGenerator random) {
    byte[] now = content.now;
    if (Arrays.equals(content.forced, now)) {
      return now;
    }
    return switch (random.nextInt(4)) {
      case 0 -> content.forced;
      case 1 -> now;
      case 2 -> Arrays.copyOf(now, random.nextInt(now.length + 1));
      default -> {
        byte[] torn = now.clone();
        for (int at = 0; at < torn.length; at += SECTOR) {
          if (random.nextBoolean()) {
            Arrays.fill(torn, at, Math.min(at + SECTOR, torn.length), (byte) 0);
          }
        }
        yield torn;
      }
    };
  }

  private Directory directory(Path path) throws NoSuchFileException {
    Directory directory = directories.get(path);
    if (directory == null) {
      throw new NoSuchFileException(path.toString());
    }
    return directory;
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return List.copyOf(directory(directory).names.keySet());
  }

  @Override
  public boolean createDirectory(Path directory) throws IOException {
    directory(directory.getParent());
    return directories.putIfAbsent(directory, new Directory()) == null;
  }

  @Override
  public Path realPath(Path directory) throws IOException {
    directory(directory);
    return directory;
  }

  @Override
  public Output create(Path file) throws IOException {
    Directory directory = directory(file.getParent());
    String name = "" + file.getFileName();
    Content content = directory.names.get(name);
    if (content == null) {
      content = new Content();
      directory.change("", name, content);
    }
    content.now = new byte[0];
    return new MemoryOutput(content);
  }

  @Override
  public Input open(Path file) throws IOException {
    return new MemoryInput(directory(file.getParent()).require(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Directory directory = directory(from.getParent());
    directory.change("" + from.getFileName(), "" + to.getFileName(), directory.require(from));
  }

  @Override
  public void delete(Path file) throws IOException {
    if (directories.containsKey(file)) {
      directories.remove(file);
      return;
    }
    Directory directory = directory(file.getParent());
    String name = "" + file.getFileName();
    if (directory.names.containsKey(name)) {
      directory.change(name, "", directory.require(file));
    }
  }

  @Override
  public void forceDirectory(Path path) throws IOException {
    Directory directory = directory(path);
    directory.forcedNames.clear();
    directory.forcedNames.putAll(directory.names);
    directory.unforced.clear();
    directories.forEach(
        (child, entry) -> {
          if (path.equals(child.getParent())) {
            entry.forced = true;
          }
        });
  }

  @Override
  public Lock lock(Path path) throws IOException {
    if (!locked.add(path)) {
      throw new IndexLockedException(path, "this process");
    }
    create(path.resolve(FileNames.LOCK)).close();
    return () -> locked.remove(path);
  }

  private record MemoryOutput(Content content) implements Output {
    @Override
    public void write(ByteBuffer bytes) {
      int length = content.now.length;
      byte[] longer = Arrays.copyOf(content.now, length + bytes.remaining());
      bytes.get(longer, length, bytes.remaining());
      content.now = longer;
    }

    @Override
    public void force() {
      content.forced = content.now;
    }

    @Override
    public void close() {}
  }

  private record MemoryInput(Content content) implements Input {
    @Override
    public long size() {
      return content.now.length;
    }

    @Override
    public int read(ByteBuffer target, long position) {
      if (position >= content.now.length) {
        return -1;
      }
      int count = (int) Math.min(target.remaining(), content.now.length - position);
      target.put(content.now, (int) position, count);
      return count;
    }

    @Override
    public MemorySegment map(Arena arena) {
      MemorySegment segment = arena.allocate(content.now.length, 64);
      return segment.copyFrom(MemorySegment.ofArray(content.now)).asReadOnly();
    }

    @Override
    public void close() {}
  }
}
