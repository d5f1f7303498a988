package dev.kith.internal.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.internal.concurrent.Epochs;
import dev.kith.support.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowTableTest {
  private final Epochs epochs = new Epochs();
  private final RowTable table = new RowTable(epochs);

  private int add(long id) {
    table.ensureRoom(1, false);
    int row = table.take();
    table.publish(row, id);
    return row;
  }

  private static boolean alive(RowTable.View view, int row) {
    return row < view.limit() && (view.alive(row >>> 6) >>> row & 1) != 0;
  }

  private static int[] living(RowTable.View view) {
    return IntStream.range(0, view.limit()).filter(row -> alive(view, row)).toArray();
  }

  @Test
  void aRowIsSeenOnceItIsPublished() {
    table.ensureRoom(1, true);
    int row = table.take();
    assertThat(table.view().limit()).isZero();
    assertThat(table.row(7)).isEqualTo(IdMap.ABSENT);
    assertThat(table.size()).isZero();

    assertThat(table.publish(row, 7)).isEqualTo(IdMap.ABSENT);

    assertThat(alive(table.view(), row)).isTrue();
    assertThat(table.view().id(row)).isEqualTo(7);
    assertThat(table.row(7)).isEqualTo(row);
    assertThat(table.current(7, row)).isTrue();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void replacingAnIdHidesTheRowItHad() {
    int old = add(7);
    RowTable.View before = table.view();
    table.ensureRoom(1, false);
    int row = table.take();

    assertThat(table.publish(row, 7)).isEqualTo(old).isNotEqualTo(row);

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.hiddenRows()).isEqualTo(1);
    assertThat(table.current(7, old)).isFalse();
    assertThat(table.current(7, row)).isTrue();
    assertThat(alive(table.view(), old)).isFalse();
    assertThat(before.id(old)).as("still readable for those who found it").isEqualTo(7);
    assertThat(livingRows(table)).containsExactly(row);
  }

  @Test
  void aViewIsToldOfReplacementsSinceItWasTakenAndOfNothingElse() {
    add(7);
    RowTable.View view = table.view();
    add(8);
    table.remove(8);
    add(8);
    assertThat(table.replacedSince(view)).as("additions and removals").isFalse();

    add(7);
    assertThat(table.replacedSince(view)).isTrue();
    assertThat(table.replacedSince(table.view())).isFalse();
    RowTable.View later = table.view();
    table.ensureRoom(10_000, true);
    assertThat(table.replacedSince(later)).isFalse();
    assertThat(table.replacedSince(table.view())).isFalse();
    assertThat(table.replacedSince(view)).isTrue();
  }

  @Test
  void removingAnIdHidesItsRow() {
    int row = add(7);
    add(8);

    assertThat(table.remove(7)).isEqualTo(row);
    assertThat(table.remove(7)).isEqualTo(IdMap.ABSENT);

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.current(7, row)).isFalse();
    assertThat(alive(table.view(), row)).isFalse();
    assertThat(table.ids()).containsExactly(8);
  }

  @Test
  void aHiddenRowIsTakenAgainOnlyAfterTheSearchesThatMayHaveSeenIt() {
    int row = add(7);
    int search = epochs.enter();
    table.remove(7);

    assertThat(add(8)).isNotEqualTo(row);
    assertThat(add(9)).isNotEqualTo(row);
    epochs.exit(search);
    assertThat(add(10)).isEqualTo(row);
    assertThat(table.hiddenRows()).isZero();
    assertThat(table.view().id(row)).isEqualTo(10);
  }

  @Test
  void rowsGivenBackAreTakenFirstAndAtOnceEvenWhileSearchesRun() {
    int removed = add(7);
    table.remove(7);
    table.ensureRoom(3, true);
    int[] rows = {table.take(), table.take(), table.take()};
    int search = epochs.enter();
    assertThat(rows[0]).isEqualTo(removed);
    for (int i = 2; i >= 0; i--) {
      table.giveBack(rows[i]);
    }

    assertThat(table.hiddenRows()).isEqualTo(3);
    assertThat(table.ensureRoom(3, true)).as("the room there was").isEqualTo(64);
    assertThat(new int[] {table.take(), table.take(), table.take()}).isEqualTo(rows);
    epochs.exit(search);
  }

  @Test
  void aTableThatKeepsHiddenRowsUsesThemOnlyOnceTheyAreLetGo() {
    RowTable keeping = RowTable.keepingHidden(epochs);
    keeping.ensureRoom(9, true);
    int removed = keeping.take();
    keeping.publish(removed, 7);
    int replaced = keeping.take();
    keeping.publish(replaced, 8);
    keeping.remove(7);
    int replacing = keeping.take();
    assertThat(keeping.publish(replacing, 8)).isEqualTo(replaced);
    assertThat(living(keeping.view())).containsExactly(replacing);
    int next = keeping.take();
    assertThat(next).isNotIn(removed, replaced, replacing);

    int search = epochs.enter();
    keeping.letGo(replaced);
    assertThat(keeping.take()).isNotIn(removed, replaced, replacing, next);
    epochs.exit(search);
    assertThat(keeping.take()).isEqualTo(replaced);
    assertThat(keeping.take()).isNotEqualTo(removed);
    assertThat(keeping.view().id(removed)).as("still readable").isEqualTo(7);
  }

  @Test
  void roomIsExactForManyAtOnceAndCountsRowsThatAreFreeAgain() {
    assertThat(table.ensureRoom(100, true)).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      table.publish(table.take(), i);
    }
    for (int i = 0; i < 40; i++) {
      table.remove(i);
    }
    assertThat(table.ensureRoom(40, true)).isEqualTo(100);
    assertThat(table.ensureRoom(1040, true)).as("many at once").isEqualTo(1100);
    assertThat(table.ensureRoom(1041, true)).as("some more, ahead").isGreaterThan(1600);
    assertThat(table.ensureRoom(3000, false)).as("one by one, ahead").isGreaterThan(3000);
    assertThat(RowTable.bytes(110)).isEqualTo(110 * 8 + 2 * 8);
  }

  @Test
  void aViewStaysWholeWhileTheTableGrows() {
    for (int i = 0; i < 70; i++) {
      add(i);
    }
    RowTable.View view = table.view();
    for (int i = 70; i < 5000; i++) {
      add(i);
    }
    assertThat(view.limit()).isEqualTo(70);
    for (int row = 0; row < 70; row++) {
      assertThat(alive(view, row)).isTrue();
      assertThat(view.id(row)).isEqualTo(row);
    }
    assertThat(livingRows(table)).hasSize(5000);
  }

  /** A search that runs: the rows that were alive when it began. */
  private record Search(int ticket, Set<Integer> rows) {}

  @Test
  void anySequenceOfChangesAndSearchesKeepsIdsAndRowsTogether() {
    Seeds.run(
        100,
        random -> {
          Epochs ownEpochs = new Epochs();
          Model model = new Model(random, ownEpochs, new RowTable(ownEpochs));
          for (int i = 0; i < 500; i++) {
            model.step();
          }
          model.compare();
        });
  }

  /** A table and what it must hold. */
  private static final class Model {
    private final SplittableRandom random;
    private final Epochs epochs;
    private final RowTable table;
    private final Map<Long, Integer> rows = new HashMap<>();
    private final Deque<Search> searches = new ArrayDeque<>();

    Model(SplittableRandom random, Epochs epochs, RowTable table) {
      this.random = random;
      this.epochs = epochs;
      this.table = table;
    }

    void step() {
      long id = random.nextInt(60);
      switch (random.nextInt(6)) {
        case 0, 1 -> addSome(random.nextInt(1, 12));
        case 2 -> {
          Integer row = rows.remove(id);
          assertThat(table.remove(id)).isEqualTo(row == null ? IdMap.ABSENT : row);
        }
        case 3 -> searches.add(new Search(epochs.enter(), new HashSet<>(rows.values())));
        case 4 -> {
          if (!searches.isEmpty()) {
            epochs.exit((random.nextBoolean() ? searches.pop() : searches.pollLast()).ticket);
          }
        }
        default -> compare();
      }
    }

    private void addSome(int count) {
      int room = table.ensureRoom(count, random.nextBoolean());
      List<Integer> taken = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int row = table.take();
        assertThat(row).as("a row there is room for").isBetween(0, room - 1);
        assertThat(rows).as("rows in use").doesNotContainValue(row);
        assertThat(taken).doesNotContain(row);
        for (Search search : searches) {
          assertThat(search.rows).as("rows that a running search may read").doesNotContain(row);
        }
        taken.add(row);
      }
      if (random.nextInt(5) == 0) {
        taken.reversed().forEach(table::giveBack);
        return;
      }
      for (int row : taken) {
        long id = random.nextInt(60);
        Integer old = rows.put(id, row);
        assertThat(table.publish(row, id)).isEqualTo(old == null ? IdMap.ABSENT : old);
      }
    }

    void compare() {
      RowTable.View view = table.view();
      assertThat(table.size()).isEqualTo(rows.size());
      assertThat(table.rows()).isGreaterThanOrEqualTo(view.limit());
      long[] ids = table.ids();
      Arrays.sort(ids);
      assertThat(ids).isEqualTo(rows.keySet().stream().mapToLong(id -> id).sorted().toArray());
      assertThat(livingRows(table))
          .isEqualTo(rows.values().stream().mapToInt(row -> row).sorted().toArray());
      rows.forEach(
          (id, row) -> {
            assertThat(table.row(id)).isEqualTo(row);
            assertThat(view.id(row)).isEqualTo(id);
            assertThat(alive(view, row)).isTrue();
          });
    }
  }

  private static int[] livingRows(RowTable table) {
    RowTable.View view = table.view();
    return IntStream.range(0, view.limit()).filter(row -> alive(view, row)).toArray();
  }
}
