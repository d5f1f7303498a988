package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.IndexClosedException;
import dev.kith.Metric;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import dev.kith.internal.storage.Storage;
import dev.kith.support.Threads;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing an index while it is saved, and saving it while it is closed, never hangs. */
@Timeout(90)
class C5_CloseDuringSaveTest {
  @TempDir private Path folder;

  /** A storage whose first operation of a save waits. */
  private static Storage slow(CountDownLatch begun, CountDownLatch goOn) {
    Storage real = Storage.current();
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              begun.countDown();
              goOn.await();
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private void closeBetweenTwoSaves(VectorIndex index) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread saver =
        Threads.start(
            () ->
                ScopedValue.where(Storage.REPLACEMENT, slow(begun, goOn))
                    .call(() -> save(index, "first")));
    begun.await();
    Thread closer = Threads.start(index::close);
    Threads.await("closing waits for the save", () -> waits(closer));
    Thread late =
        Threads.start(
            () -> {
              try {
                save(index, "late");
              } catch (IndexClosedException e) {
                outcome.set(e);
              }
            });
    Threads.await("the second save waits", () -> waits(late) || !late.isAlive());
    goOn.countDown();

    Threads.await("first save", () -> !saver.isAlive());
    Threads.await("close", () -> !closer.isAlive());
    Threads.await("second save", () -> !late.isAlive());
    assertThat(outcome.get()).isInstanceOf(IndexClosedException.class);
    assertThat(folder.resolve("first")).isNotEmptyDirectory();
  }

  private Void save(VectorIndex index, String name) throws IOException {
    index.save(folder.resolve(name));
    return null;
  }

  private FlatIndex inMemory() {
    FlatIndex index = FlatIndex.create(2, Metric.L2);
    index.addAll(VectorSource.of(new float[][] {{1, 2}, {3, 4}}), BulkOptions.defaults());
    return index;
  }

  private Path saved() throws IOException {
    try (FlatIndex index = inMemory()) {
      index.save(folder.resolve("saved"));
    }
    return folder.resolve("saved");
  }

  @Test
  void ofAnIndexInMemory() throws Exception {
    closeBetweenTwoSaves(inMemory());
  }

  @Test
  void ofAnIndexOpenedIntoTheHeap() throws Exception {
    closeBetweenTwoSaves(VectorIndexes.open(saved()));
  }

  @Test
  void ofAMappedIndex() throws Exception {
    closeBetweenTwoSaves(VectorIndexes.open(saved(), OpenOptions.mapped()));
  }

  @Test
  void ofAnIndexOpenedForWriting() throws Exception {
    closeBetweenTwoSaves(VectorIndexes.openForWriting(saved()));
  }
}
