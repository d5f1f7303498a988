package dev.kith.internal.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.internal.concurrent.Epochs;
import dev.kith.support.Seeds;
import dev.kith.support.Threads;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rows that readers look at are whole: neither half written nor taken again under their eyes. */
class C3_RowTableStressTest {
  private static final int IDS = 4;
  private static final int MOST_ROWS = 1000;
  private static final long NANOS = 1_000_000_000;
  private static final int WIDTH = 8;

  private final Epochs epochs = new Epochs();
  private final RowTable table = new RowTable(epochs);
  private final AtomicBoolean done = new AtomicBoolean();

  /** What rows hold beside the table: the same number eight times, written without any order. */
  private final long[] contents = new long[WIDTH * (MOST_ROWS + 1)];

  @Test
  void aSearchSeesWholeRowsThatBelongToTheirIds() {
    Seeds.run(
        1,
        random -> {
          done.set(false);
          AtomicInteger rowsSeen = new AtomicInteger();
          Threads.run(
              () -> write(random),
              () -> rowsSeen.addAndGet(search()),
              () -> rowsSeen.addAndGet(search()),
              () -> rowsSeen.addAndGet(search()));
          assertThat(rowsSeen.get()).isPositive();
        });
  }

  private void write(SplittableRandom random) {
    try {
      long end = System.nanoTime() + NANOS;
      for (int i = 0; System.nanoTime() < end; i++) {
        long id = random.nextInt(IDS);
        if (random.nextInt(4) == 0) {
          table.remove(id);
          continue;
        }
        if (table.rows() == MOST_ROWS) {
          awaitSearches();
        }
        table.ensureRoom(1, false);
        int row = table.take();
        long content = (long) i << 8 | id;
        for (int j = 0; j < WIDTH; j++) {
          contents[WIDTH * row + j] = content;
        }
        table.publish(row, id);
      }
    } finally {
      done.set(true);
    }
  }

  /** Until every hidden row may be taken again. */
  private void awaitSearches() {
    long now = epochs.retire();
    while (epochs.oldestSafe() < now) {
      Thread.yield();
    }
  }

  private int search() {
    int seen = 0;
    int[] found = new int[IDS * 4];
    while (!done.get()) {
      int ticket = epochs.enter();
      try {
        RowTable.View view = table.view();
        int count = 0;
        for (int word = 0; word < (view.limit() + 63) >>> 6; word++) {
          for (long bits = view.alive(word); bits != 0; bits &= bits - 1) {
            int row = (word << 6) + Long.numberOfTrailingZeros(bits);
            checkWhole(row, view.id(row));
            found[count++ % found.length] = row;
          }
        }
        checkDistinct(view, found, Math.min(count, found.length));
        seen += count;
      } finally {
        epochs.exit(ticket);
      }
    }
    return seen;
  }

  private void checkWhole(int row, long id) {
    long content = contents[WIDTH * row];
    boolean whole = (content & 0xFF) == id;
    for (int j = 1; j < WIDTH; j++) {
      whole &= contents[WIDTH * row + j] == content;
    }
    if (!whole) {
      throw new AssertionError("row " + row + " of id " + id + " is not whole");
    }
  }

  /** Of the rows found, those still current are one for each id, or the table says otherwise. */
  private void checkDistinct(RowTable.View view, int[] found, int count) {
    boolean[] met = new boolean[IDS];
    boolean twice = false;
    for (int i = 0; i < count; i++) {
      int id = (int) view.id(found[i]);
      if (table.current(id, found[i])) {
        twice |= met[id];
        met[id] = true;
      }
    }
    if (twice && !table.replacedSince(view)) {
      throw new AssertionError("an id met twice in secret");
    }
  }
}
