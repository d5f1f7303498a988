package dev.kith.internal.concurrent;

import dev.kith.IndexClosedException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows when searches that began before some moment have ended, without making a search wait.
 *
 * <p>A search enters and leaves; both touch one of a few striped counters of the current epoch's
 * parity. A writer notes the epoch in which it hid a row ({@link #retire}). The epoch moves on only
 * while nobody is left from the one before it, so two moves later every search that could have seen
 * the row is gone ({@link #oldestSafe}). The same counters let {@link #close} wait for running
 * searches.
 *
 * <p>Concurrency: {@link #enter} and {@link #exit} from any thread; {@link #retire} and {@link
 * #oldestSafe} from the one writer; {@link #close} from any thread, but not from inside a search.
 */
public final class Epochs {
  private static final int STRIPES = 16;

  /** Longs between counters, so that no two share a cache line. */
  private static final int SPACING = 16;

  /** Counters of both parities; a counter is only ever changed by read-modify-write. */
  private final AtomicLongArray active = new AtomicLongArray(2 * STRIPES * SPACING);

  private volatile long epoch = 2;
  private volatile boolean closed;

  /**
   * Begins a search.
   *
   * @return a ticket for {@link #exit}
   * @throws IndexClosedException after {@link #close}
   */
  public int enter() {
    int stripe = (int) (Thread.currentThread().threadId() & (STRIPES - 1));
    while (true) {
      long e = epoch;
      int ticket = ((int) (e & 1) * STRIPES + stripe) * SPACING;
      active.getAndIncrement(ticket);
      if (closed) {
        active.getAndDecrement(ticket);
        throw new IndexClosedException();
      }
      if (epoch == e) {
        return ticket;
      }
      active.getAndDecrement(ticket);
    }
  }

  /**
   * Ends a search.
   *
   * @param ticket from {@link #enter}
   */
  public void exit(int ticket) {
    active.getAndDecrement(ticket);
  }

  /**
   * Notes that something has just been hidden from searches that begin from now on.
   *
   * @return the epoch, to compare with {@link #oldestSafe}
   */
  public long retire() {
    return epoch;
  }

  /**
   * The newest epoch of which no search is left: what was retired in it or before may be used
   * again.
   *
   * @return an epoch
   */
  public long oldestSafe() {
    for (int i = 0; i < 2; i++) {
      long e = epoch;
      if (busy((int) ((e - 1) & 1))) {
        break;
      }
      epoch = e + 1;
    }
    return epoch - 2;
  }

  /**
   * Whether {@link #close} has been called.
   *
   * @return true from then on
   */
  public boolean closed() {
    return closed;
  }

  /**
   * Throws when closed.
   *
   * @throws IndexClosedException after {@link #close}
   */
  public void checkOpen() {
    if (closed) {
      throw new IndexClosedException();
    }
  }

  /**
   * Refuses new searches and returns when none is running. An interrupt does not end the wait; it
   * stays set.
   */
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (int spins = 0; busy(0) || busy(1); spins++) {
      if (spins < 100) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(100_000);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean busy(int parity) {
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      if (active.get((parity * STRIPES + stripe) * SPACING) != 0) {
        return true;
      }
    }
    return false;
  }
}
