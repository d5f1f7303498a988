package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptIndexException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index inside an index is saved by the same commit: never a mix of generations. */
class ComposedIndexTest {
  private static final Path DIRECTORY = Path.of("/disk/index");

  private final MemoryStorage disk = new MemoryStorage(DIRECTORY.getParent());
  private final IndexHome home = IndexHome.none();

  @Test
  void partsAreFoundByTheirNamesAndPathsOfNames() throws IOException {
    save(
        whole -> {
          number(whole, "numbers", 1);
          PartWriter inner = whole.part("inner", "other");
          number(inner, "numbers", 2);
          number(inner, "more", 3);
          number(inner.part("core", "third"), "numbers", 4);
        });
    on(
        disk,
        () ->
            StoredIndex.read(
                DIRECTORY,
                whole -> {
                  assertThat(whole.type()).isEqualTo("whole");
                  assertThat(number(whole, "numbers")).isEqualTo(1);
                  StoredIndex inner = whole.part("inner");
                  assertThat(inner.type()).isEqualTo("other");
                  assertThat(number(inner, "numbers")).isEqualTo(2);
                  assertThat(number(inner, "more")).isEqualTo(3);
                  assertThat(inner.part("core").type()).isEqualTo("third");
                  assertThat(number(inner.part("core"), "numbers")).isEqualTo(4);
                  assertThat(whole.leftovers()).isEmpty();
                  assertThat(whole.bytes()).isEqualTo(4 * (64 + 64 + 64 + 16));
                  assertThatThrownBy(() -> whole.part("core"))
                      .isInstanceOf(CorruptIndexException.class);
                  assertThatThrownBy(() -> number(whole, "more"))
                      .isInstanceOf(CorruptIndexException.class);
                  return true;
                }));
    assertThat(disk.list(DIRECTORY))
        .containsExactly(
            "inner-core.numbers-1.kith",
            "inner.more-1.kith",
            "inner.numbers-1.kith",
            "manifest",
            "numbers-1.kith",
            "write.lock");
  }

  @Test
  void whatThePartsOfAnEarlierSaveLeftIsDeleted() throws IOException {
    save(
        whole -> {
          number(whole.part("a", "other"), "numbers", 1);
          number(whole.part("b", "other"), "numbers", 1);
        });
    save(whole -> number(whole.part("b", "other"), "numbers", 2));
    assertThat(disk.list(DIRECTORY)).containsExactly("b.numbers-2.kith", "manifest", "write.lock");
  }

  @Test
  void aCrashAnywhereLeavesAllPartsOfOneGeneration() throws IOException {
    save(whole -> parts(whole, 1));
    FaultyStorage journal = FaultyStorage.on(disk, FaultyStorage.nothing());
    int[] crashes = {0};
    journal.observer(
        next -> {
          for (MemoryStorage left : List.of(disk.crashLosingAll(), disk.copy())) {
            crashes[0]++;
            try {
              on(left, () -> StoredIndex.read(DIRECTORY, ComposedIndexTest::sameNumbers));
            } catch (IOException e) {
              throw new AssertionError("crash before " + next, e);
            }
          }
        });
    journal.run(() -> home.save(DIRECTORY, "whole", whole -> parts(whole, 2)));
    assertThat(crashes[0]).isGreaterThan(60);
  }

  private static void parts(PartWriter whole, long number) throws IOException {
    number(whole, "numbers", number);
    number(whole.part("a", "other"), "numbers", number);
    number(whole.part("b", "other"), "numbers", number);
  }

  private static boolean sameNumbers(StoredIndex whole) throws IOException {
    assertThat(number(whole, "numbers"))
        .isEqualTo(number(whole.part("a"), "numbers"))
        .isEqualTo(number(whole.part("b"), "numbers"))
        .isBetween(1L, 2L);
    return true;
  }

  /** Such a manifest could not be read again, so it must not be written. */
  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a.b", "a/b", "..", "a_b", "\u00e4", "a ", "taken"})
  void namesThatCannotBeReadBackAreRefusedBeforeAnythingChanges(String name) throws IOException {
    save(whole -> parts(whole, 1));
    List<String> before = disk.list(DIRECTORY);
    assertThatThrownBy(
            () ->
                save(
                    whole -> {
                      whole.part("taken", "other");
                      whole.part(name, "other");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                save(
                    whole -> {
                      number(whole, "taken", 1);
                      number(whole, name, 2);
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> save(whole -> whole.part("a".repeat(65), "other")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(disk.list(DIRECTORY)).isEqualTo(before);
    on(disk, () -> StoredIndex.read(DIRECTORY, ComposedIndexTest::sameNumbers));
  }

  /** {@code a-b} and the part {@code b} of {@code a} would be the same. */
  @Test
  void partsWhosePathsCollideAreRefused() {
    assertThatThrownBy(
            () ->
                save(
                    whole -> {
                      whole.part("a", "other").part("b", "other");
                      whole.part("a-b", "other");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSectionMustHaveTheLengthAndTurnThatWereAnnounced() {
    List<Section> announced = List.of(new Section(7, 8), new Section(8, 8));
    assertFileRefused(announced, file -> file.begin(8));
    assertFileRefused(announced, file -> file.begin(7));
    assertFileRefused(
        announced,
        file -> {
          file.begin(7);
          file.putInt(1);
          file.begin(8);
        });
    assertFileRefused(
        announced,
        file -> {
          file.begin(7);
          file.putLong(1);
          file.begin(8);
          file.putLong(1);
          file.putInt(1);
        });
    assertFileRefused(
        announced,
        file -> {
          file.begin(7);
          file.putLong(1);
        });
  }

  private void assertFileRefused(List<Section> sections, PartWriter.Content content) {
    assertThatThrownBy(() -> save(whole -> whole.file("f", FileType.FLAT, sections, content)))
        .isInstanceOf(IllegalStateException.class);
  }

  private void save(IndexHome.Content content) throws IOException {
    on(disk, () -> home.save(DIRECTORY, "whole", content));
  }

  private static void number(PartWriter part, String file, long number) throws IOException {
    part.file(
        file,
        FileType.FLAT,
        List.of(new Section(7, 8)),
        out -> {
          out.begin(7);
          out.putLong(number);
        });
  }

  private static long number(StoredIndex part, String file) throws IOException {
    try (FileReader in = part.open(file, FileType.FLAT, true)) {
      return in.bytes(in.section(7, 8), 8).getLong();
    }
  }

  private static void on(MemoryStorage disk, FaultyStorage.Action action) throws IOException {
    FaultyStorage.on(disk, FaultyStorage.nothing()).run(action);
  }
}
