package dev.kith.internal.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import dev.kith.support.Threads;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One writer, readers without locks. */
class IdMapStressTest {
  private static final int IDS = 300;
  private static final int STABLE = 100;
  private static final int ROUNDS = 400;

  /**
   * The row of an id is the id plus a growing multiple of {@link #IDS}: a reader knows a wrong row,
   * and a row older than one it has seen. Ids below {@link #STABLE} are replaced, never removed;
   * others come and go, so the table is rebuilt again and again.
   */
  @Test
  void readersSeeRowsOfTheirIdAndNeverAnOlderOneAgain() {
    Seeds.run(
        2,
        random -> {
          AtomicInteger versions = new AtomicInteger();
          AtomicBoolean done = new AtomicBoolean();
          IdMap map = filled();
          Threads.run(
              () -> {
                for (int round = 1; round <= ROUNDS; round++) {
                  for (int i = 0; i < IDS; i++) {
                    int id = random.nextInt(IDS);
                    if (id < STABLE || random.nextBoolean()) {
                      map.put(id, id + IDS * round);
                    } else {
                      map.remove(id);
                    }
                    map.put(1_000_000L + round * 1000L + i, 0);
                    map.remove(1_000_000L + round * 1000L + i - random.nextInt(200));
                  }
                  if (round % 100 == 0) {
                    map.ensureCapacity(round * 100);
                  }
                }
                done.set(true);
              },
              () -> versions.addAndGet(read(map, done)),
              () -> versions.addAndGet(read(map, done)),
              () -> readAll(map, done));
          assertThat(versions.get()).as("changes that readers have seen").isPositive();
        });
  }

  private static IdMap filled() {
    IdMap map = new IdMap();
    for (int id = 0; id < STABLE; id++) {
      map.put(id, id);
    }
    return map;
  }

  private static int read(IdMap map, AtomicBoolean done) {
    int[] seen = new int[IDS];
    int changes = 0;
    while (!done.get()) {
      for (int id = 0; id < IDS; id++) {
        int row = map.get(id);
        if (row == IdMap.ABSENT) {
          assertThat(id).as("an id that is always there").isGreaterThanOrEqualTo(STABLE);
        } else {
          assertThat(row % IDS).as("the row of another id").isEqualTo(id);
          assertThat(row).as("a row of the past").isGreaterThanOrEqualTo(seen[id]);
          changes += row > seen[id] ? 1 : 0;
          seen[id] = row;
        }
      }
    }
    return changes;
  }

  private static void readAll(IdMap map, AtomicBoolean done) {
    while (!done.get()) {
      long[] ids = map.ids();
      Set<Long> distinct = new HashSet<>();
      for (long id : ids) {
        assertThat(distinct.add(id)).as("id %d twice", id).isTrue();
      }
      for (long id = 0; id < STABLE; id++) {
        assertThat(distinct).contains(id);
      }
    }
  }
}
