package dev.kith.internal.storage;

import dev.kith.IndexLockedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The real file system. */
final class FileSystemStorage implements Storage {
  static final FileSystemStorage INSTANCE = new FileSystemStorage();

  /**
   * Directories this process has locked. The operating system's lock belongs to the process, and
   * closing any channel on the lock file drops it: so a second attempt must not even open the file.
   */
  private final Set<Path> locked = ConcurrentHashMap.newKeySet();

  /**
   * Channels on lock files that another class loader's Kith in this process has locked: closing one
   * would drop that lock too. The next attempt takes it over.
   */
  private final Map<Path, FileChannel> lent = new ConcurrentHashMap<>();

  private FileSystemStorage() {}

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return false;
    }
    try {
      Files.createDirectory(directory);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(directory)) {
        return false; // another process was faster
      }
      throw e;
    }
  }

  @Override
  public Path realPath(Path directory) throws IOException {
    return directory.toRealPath();
  }

  @Override
  public Output create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }

      @Override
      public void force() throws IOException {
        channel.force(true);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public Input open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Input() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
      }

      @Override
      public MemorySegment map(Arena arena) throws IOException {
        return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return; // a directory cannot be opened there; NTFS journals renames itself
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Lock lock(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!locked.add(real)) {
      throw new IndexLockedException(directory, "this process");
    }
    FileChannel channel = lent.remove(real);
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                real.resolve(FileNames.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      }
      FileLock held = channel.tryLock();
      if (held == null) {
        throw new IndexLockedException(directory, "another process");
      }
      FileChannel holder = channel;
      return () -> release(holder, real);
    } catch (OverlappingFileLockException e) {
      lent.put(real, channel);
      locked.remove(real);
      throw new IndexLockedException(directory, "another class loader of this process");
    } catch (IOException | RuntimeException | Error e) {
      locked.remove(real);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  private void release(FileChannel channel, Path real) {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("dev.kith").log(Level.WARNING, "closing the lock of " + real, e);
    } finally {
      locked.remove(real);
    }
  }
}
