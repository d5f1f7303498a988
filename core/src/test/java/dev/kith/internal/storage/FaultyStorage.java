package dev.kith.internal.storage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A storage that notes every operation and fails those a test chooses, instead of carrying them
 * out. A write that fails has written half; a close that fails has closed.
 */
public final class FaultyStorage implements Storage {
  /** What can fail. */
  public enum Kind {
    LIST,
    CREATE_DIRECTORY,
    REAL_PATH,
    CREATE,
    WRITE,
    FORCE,
    CLOSE_OUTPUT,
    OPEN,
    SIZE,
    READ,
    MAP,
    CLOSE_INPUT,
    RENAME,
    DELETE,
    FORCE_DIRECTORY,
    LOCK
  }

  /** One call: its number from 1, what it does, and the name of the file (the target's, if two). */
  public record Operation(int number, Kind kind, String file, boolean failed) {}

  /** The failure of a chosen operation. */
  public static final class InjectedFault extends IOException {
    InjectedFault(Operation operation, String what) {
      super(what + ": " + operation);
    }
  }

  /** Work done on this storage. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  private final Storage real;
  private final Set<Kind> ignored = EnumSet.noneOf(Kind.class);
  private final Predicate<Operation> fails;
  private final List<Operation> operations = new ArrayList<>();
  private Consumer<Operation> observer = operation -> {};
  private long room = Long.MAX_VALUE;
  private long written;
  private int openFiles;
  private int heldLocks;

  private FaultyStorage(Storage real, Predicate<Operation> fails) {
    this.real = real;
    this.fails = fails;
  }

  /** On the file system, without waiting for the device. */
  public static FaultyStorage onFiles(Predicate<Operation> fails) {
    return on(FileSystemStorage.INSTANCE, fails).ignoring(Kind.FORCE, Kind.FORCE_DIRECTORY);
  }

  /** On another storage. */
  public static FaultyStorage on(Storage real, Predicate<Operation> fails) {
    return new FaultyStorage(real, fails);
  }

  /** Fails no operation. */
  public static Predicate<Operation> nothing() {
    return operation -> false;
  }

  /** Calls a listener before each operation. */
  public FaultyStorage observer(Consumer<Operation> listener) {
    observer = listener;
    return this;
  }

  /** Only pretends to force from now on: files, directories or both. */
  public FaultyStorage ignoring(Kind... forces) {
    ignored.addAll(Set.of(forces));
    return this;
  }

  /**
   * Has room for so many more bytes only: the write that does not fit fails, having written what
   * did. What is deleted makes no room.
   */
  public FaultyStorage withRoomFor(long bytes) {
    room = bytes;
    return this;
  }

  /** Bytes that were written. */
  public long written() {
    return written;
  }

  /** Runs an action whose files are opened here. */
  public void run(Action action) throws IOException {
    ScopedValue.where(REPLACEMENT, this)
        .<Void, IOException>call(
            () -> {
              action.run();
              return null;
            });
  }

  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Whether an operation was carried out. */
  public boolean did(Kind kind, String file) {
    return operations.stream()
        .anyMatch(o -> o.kind() == kind && o.file().equals(file) && !o.failed());
  }

  /** Operations that were failed. */
  public List<Operation> failures() {
    return operations.stream().filter(Operation::failed).toList();
  }

  /** Files that were opened and not closed. */
  public int openFiles() {
    return openFiles;
  }

  /** Locks that were taken and not given back. */
  public int heldLocks() {
    return heldLocks;
  }

  private void step(Kind kind, Path file) throws InjectedFault {
    Operation next = new Operation(operations.size() + 1, kind, "" + file.getFileName(), false);
    observer.accept(next);
    Operation done = new Operation(next.number(), kind, next.file(), fails.test(next));
    operations.add(done);
    if (done.failed()) {
      throw new InjectedFault(done, "injected");
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    step(Kind.LIST, directory);
    return real.list(directory);
  }

  @Override
  public boolean createDirectory(Path directory) throws IOException {
    step(Kind.CREATE_DIRECTORY, directory);
    return real.createDirectory(directory);
  }

  @Override
  public Path realPath(Path directory) throws IOException {
    step(Kind.REAL_PATH, directory);
    return real.realPath(directory);
  }

  @Override
  public Output create(Path file) throws IOException {
    step(Kind.CREATE, file);
    Output output = real.create(file);
    openFiles++;
    return new FaultyOutput(file, output);
  }

  @Override
  public Input open(Path file) throws IOException {
    step(Kind.OPEN, file);
    Input input = real.open(file);
    openFiles++;
    return new FaultyInput(file, input);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(Kind.RENAME, to);
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step(Kind.DELETE, file);
    real.delete(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step(Kind.FORCE_DIRECTORY, directory);
    if (!ignored.contains(Kind.FORCE_DIRECTORY)) {
      real.forceDirectory(directory);
    }
  }

  @Override
  public Lock lock(Path directory) throws IOException {
    step(Kind.LOCK, directory);
    Lock lock = real.lock(directory);
    heldLocks++;
    return () -> {
      heldLocks--;
      lock.close();
    };
  }

  private final class FaultyOutput implements Output {
    private final Path file;
    private final Output output;
    private boolean closed;

    FaultyOutput(Path file, Output output) {
      this.file = file;
      this.output = output;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      try {
        step(Kind.WRITE, file);
      } catch (InjectedFault e) {
        output.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
        throw e;
      }
      if (bytes.remaining() > room - written) {
        int rest = (int) (room - written);
        written = room;
        output.write(bytes.slice(bytes.position(), rest));
        Operation failed = operations.removeLast();
        operations.add(new Operation(failed.number(), failed.kind(), failed.file(), true));
        throw new InjectedFault(operations.getLast(), "no space left on device");
      }
      written += bytes.remaining();
      output.write(bytes);
    }

    @Override
    public void force() throws IOException {
      step(Kind.FORCE, file);
      if (!ignored.contains(Kind.FORCE)) {
        output.force();
      }
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      openFiles--;
      output.close();
      step(Kind.CLOSE_OUTPUT, file);
    }
  }

  private final class FaultyInput implements Input {
    private final Path file;
    private final Input input;
    private boolean closed;

    FaultyInput(Path file, Input input) {
      this.file = file;
      this.input = input;
    }

    @Override
    public long size() throws IOException {
      step(Kind.SIZE, file);
      return input.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      step(Kind.READ, file);
      return input.read(target, position);
    }

    @Override
    public MemorySegment map(Arena arena) throws IOException {
      step(Kind.MAP, file);
      return input.map(arena);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      openFiles--;
      input.close();
      step(Kind.CLOSE_INPUT, file);
    }
  }
}
