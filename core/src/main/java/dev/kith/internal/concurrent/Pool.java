package dev.kith.internal.concurrent;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends scratch objects to searches, so that a search allocates nothing but its result; owned by an
 * index, unlike a thread-local, so that virtual threads do not multiply it.
 *
 * <p>Concurrency: any thread. An object is with one borrower at a time. What does not fit into the
 * pool is left to the garbage collector; what a failed search does not give back, too.
 *
 * @param <T> the scratch
 */
public final class Pool<T> {
  private final AtomicReferenceArray<@Nullable T> slots;
  private final Supplier<T> maker;

  /**
   * An empty pool.
   *
   * @param maker makes a new object when none is free
   */
  public Pool(Supplier<T> maker) {
    this.slots = new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors() + 2);
    this.maker = maker;
  }

  /**
   * Takes an object.
   *
   * @return one that nobody else has
   */
  public T borrow() {
    for (int i = 0; i < slots.length(); i++) {
      if (slots.getPlain(i) != null) {
        T free = slots.getAndSet(i, null);
        if (free != null) {
          return free;
        }
      }
    }
    return maker.get();
  }

  /**
   * Gives an object back.
   *
   * @param scratch from {@link #borrow}
   */
  public void giveBack(T scratch) {
    for (int i = 0; i < slots.length(); i++) {
      if (slots.getPlain(i) == null && slots.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
