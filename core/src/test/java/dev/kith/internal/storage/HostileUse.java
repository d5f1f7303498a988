package dev.kith.internal.storage;

import static dev.kith.internal.storage.TamperedIndex.DIRECTORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kith.CorruptIndexException;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.UnsupportedFormatVersionException;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.cli.CommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/**
 * What a host may do with a directory that somebody else has spoiled. Whatever is not refused as
 * damaged must be an index like any other.
 */
enum HostileUse {
  /** All is verified: nothing that opens may be unsound. */
  HEAP {
    @Override
    void run() throws IOException {
      try (VectorIndex index = VectorIndexes.open(DIRECTORY)) {
        SoundIndex.assertSound(index);
      }
    }
  },

  /** Rows and links are not verified: they may be wrong, but must not do harm. */
  MAPPED {
    @Override
    void run() throws IOException {
      try (VectorIndex index = VectorIndexes.open(DIRECTORY, OpenOptions.mapped())) {
        SoundIndex.assertOrderly(index);
        for (long id : index.ids()) {
          try {
            index.vector(id);
          } catch (NoSuchElementException e) {
            assertThat(e).hasMessage("id: " + id + " is not in the index");
          }
        }
        index.save(DIRECTORY.resolveSibling("copy"));
      }
    }
  },

  /** What was read can be changed and saved, and is then read again. */
  WRITING {
    @Override
    void run() throws IOException {
      long[] ids;
      try (MutableVectorIndex index = VectorIndexes.openForWriting(DIRECTORY)) {
        long added = 0;
        while (index.contains(added)) {
          added++;
        }
        index.add(added, SmallIndex.vector(index.dimension(), 2));
        SoundIndex.assertSound(index);
        if (index.size() > 1) {
          long first = index.ids()[0];
          assertThat(index.remove(first == added ? index.ids()[1] : first)).isTrue();
        }
        SoundIndex.assertSound(index);
        ids = index.ids();
        index.save(DIRECTORY);
      }
      try (VectorIndex index = VectorIndexes.open(DIRECTORY)) {
        assertThat(index.ids()).isEqualTo(ids);
        SoundIndex.assertSound(index);
      } catch (IOException e) {
        throw new AssertionError("what was saved cannot be read", e);
      }
    }
  },

  /** What a check calls sound opens; it looks at more than an open does. */
  CHECK {
    @Override
    void run() throws IOException {
      boolean sound = VectorIndexes.check(DIRECTORY).ok();
      try {
        VectorIndexes.open(DIRECTORY).close();
      } catch (CorruptIndexException | UnsupportedFormatVersionException e) {
        if (sound) {
          throw new AssertionError("refused, but sound for a check", e);
        }
        throw e;
      }
    }
  },

  /** Says what is wrong and ends with an exit code, having written whole files or none. */
  COMMAND_LINE {
    @Override
    void run() throws IOException {
      Path folder = Files.createTempDirectory("kith-hostile");
      Path vectors = folder.resolve("rows.fvecs");
      try {
        assertReported(CommandLine.run("check", DIRECTORY));
        assertReported(CommandLine.run("info", DIRECTORY));
        assertReported(CommandLine.run("export", DIRECTORY, vectors));
        if (Files.exists(vectors)) {
          CommandLine.exported(vectors);
        }
      } finally {
        Files.deleteIfExists(vectors);
        Files.deleteIfExists(folder.resolve("rows.ids"));
        Files.delete(folder);
      }
    }
  };

  /**
   * Bytes that a use may allocate. An empty index may have 65,536 dimensions: the vector that is
   * then added and searched for takes tens of megabytes while kernels are not compiled.
   */
  private static final long MOST_BYTES = 256 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Uses the index in the directory. */
  abstract void run() throws IOException;

  /**
   * Fails unless an input is refused as documented or does no harm; tells whether it was refused.
   */
  boolean refused(HostileBytes hostile, byte[] input) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean refused = refused(hostile.disk(input));
    if (THREADS.getCurrentThreadAllocatedBytes() - before > MOST_BYTES) {
      before = THREADS.getCurrentThreadAllocatedBytes(); // loading classes allocates, but only once
      refused(hostile.disk(input));
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated by %s", this)
          .isLessThan(MOST_BYTES);
    }
    return refused;
  }

  private boolean refused(MemoryStorage disk) {
    FaultyStorage storage = FaultyStorage.on(disk, FaultyStorage.nothing());
    Throwable thrown = null;
    try {
      storage.run(this::run);
    } catch (IOException | UncheckedIOException e) {
      thrown = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
      assertDocumented(thrown);
    }
    if (storage.openFiles() > 0 || storage.heldLocks() > 0) {
      throw new AssertionError("files or locks are left open by " + this);
    }
    return thrown != null;
  }

  private void assertDocumented(Throwable thrown) {
    String message = "" + thrown.getMessage();
    boolean noSuchType = message.contains("which needs the artifact dev.kith:kith-");
    boolean idTwice = this == MAPPED && message.contains("is damaged");
    boolean documented =
        thrown instanceof CorruptIndexException
            || thrown instanceof UnsupportedFormatVersionException
            || (thrown.getClass() == IOException.class && (noSuchType || idTwice));
    if (!documented) {
      throw new AssertionError(this + " throws what is not documented: " + thrown, thrown);
    }
  }

  private static void assertReported(CommandLine.Result result) {
    assertThat(result.exitCode()).isBetween(0, 1);
    assertThat(result.err())
        .matches("|damaged: .*\\R|.*(which needs the artifact .*|no such file or directory)\\R");
  }
}
