package dev.kith.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.IndexClosedException;
import dev.kith.Metric;
import dev.kith.OpenOptions;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.internal.storage.FaultyStorage;
import dev.kith.internal.storage.FaultyStorage.Kind;
import dev.kith.internal.storage.SmallIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code close} waits for what is running, refuses what comes later, and nobody waits for ever. */
class ClosingDuringSaveTest {
  private static final int LIMIT_SECONDS = 30;

  @TempDir private Path folder;

  /** Kinds of indexes that can be saved. */
  enum Opened {
    IN_MEMORY,
    FOR_WRITING,
    IN_HEAP,
    MAPPED;

    VectorIndex open(Path directory) throws IOException {
      return switch (this) {
        case IN_MEMORY -> SmallIndex.make(3, Metric.L2, 50, 1);
        case FOR_WRITING -> VectorIndexes.openForWriting(directory);
        case IN_HEAP -> VectorIndexes.open(directory);
        case MAPPED -> VectorIndexes.open(directory, OpenOptions.mapped());
      };
    }
  }

  /** While a save is under way, a close and behind it another save come. */
  @ParameterizedTest
  @EnumSource
  void aCloseBetweenTwoSavesEndsAll(Opened opened) throws Exception {
    Path source = folder.resolve("source");
    SmallIndex.make(3, Metric.L2, 50, 1).save(source);
    VectorIndex index = opened.open(source);
    String content = SmallIndex.describe(index);
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    CompletableFuture<Void> closed = new CompletableFuture<>();
    CompletableFuture<Void> saved = new CompletableFuture<>();
    boolean[] met = {false};
    FaultyStorage slow = FaultyStorage.onFiles(FaultyStorage.nothing());
    slow.observer(
        next -> {
          if (next.kind() == Kind.WRITE && !met[0]) {
            met[0] = true;
            waiting(start(closed, index::close));
            waiting(start(saved, () -> index.save(second)));
            index.search(SearchRequest.of(SmallIndex.vector(3, 1), 3));
          }
        });
    slow.run(() -> index.save(first));
    assertThat(met[0]).isTrue();
    closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    try {
      saved.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(VectorIndexes.check(second).problems()).isEmpty();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(IndexClosedException.class);
    }
    try (VectorIndex copy = VectorIndexes.open(first)) {
      assertThat(SmallIndex.describe(copy)).isEqualTo(content);
    }
    assertThatThrownBy(() -> index.save(first)).isInstanceOf(IndexClosedException.class);
    assertThatThrownBy(index::size).isInstanceOf(IndexClosedException.class);
    index.close();
    VectorIndexes.openForWriting(source).close();
  }

  private static Thread start(CompletableFuture<Void> done, FaultyStorage.Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Returns when the thread waits for something, or has ended. */
  private static void waiting(Thread thread) {
    while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
      Thread.onSpinWait();
    }
  }
}
