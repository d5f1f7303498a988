package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptIndexException;
import dev.kith.IndexLockedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an index may be saved, and what is refused without a trace. */
class SaveTargetTest {
  @TempDir private Path temporary;
  private Path folder;
  private Path directory;
  private FlatIndex index;

  @BeforeEach
  void makeIndex() throws IOException {
    folder = temporary.toRealPath();
    directory = folder.resolve("index");
    index = SmallIndex.make(3, Metric.L2, 4, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "letter.txt",
        ".hidden",
        "photo.kith",
        "flat-0.kith",
        "flat-1.kith.bak",
        "Flat-1.kith",
        "flat.kith.tmp",
        "manifest.bak",
        "notes.tmp"
      })
  void aDirectoryWithAFileOfSomebodyElseIsRefused(String name) throws IOException {
    Files.createDirectory(directory);
    Files.writeString(directory.resolve(name), "do not lose me");
    assertThatThrownBy(() -> index.save(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(directory.toString());
    assertThat(FileSystemStorage.INSTANCE.list(directory)).containsExactly(name);
    assertThat(directory.resolve(name)).hasContent("do not lose me");
  }

  /** Also when it turned up beside an index. */
  @Test
  void aFileOfSomebodyElseBesideAnIndexIsNeverDeleted() throws IOException {
    index.save(directory);
    Files.writeString(directory.resolve("photo.kith"), "do not lose me");
    String before = SmallIndex.stored(directory);
    assertThatThrownBy(() -> index.save(directory)).isInstanceOf(IllegalArgumentException.class);
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      assertThatThrownBy(() -> writer.save(directory)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(SmallIndex.stored(directory)).isEqualTo(before);
    assertThat(directory.resolve("photo.kith")).hasContent("do not lose me");
    assertThat(VectorIndexes.check(directory).findings())
        .anyMatch(line -> line.contains("photo.kith"));
  }

  @Test
  void aManifestOfSomebodyElseIsNotReplaced() throws IOException {
    Files.createDirectory(directory);
    Path manifest = Files.writeString(directory.resolve("manifest"), "Manifest-Version: 1.0\n");
    assertThatThrownBy(() -> index.save(directory))
        .isInstanceOf(CorruptIndexException.class)
        .hasMessageContaining(manifest.toString());
    assertThat(manifest).hasContent("Manifest-Version: 1.0\n");
  }

  @Test
  void aFileAMissingParentAndAFileAsParentAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "I am no directory");
    assertThatThrownBy(() -> index.save(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> index.save(file.resolve("index"))).isInstanceOf(IOException.class);
    assertThat(file).hasContent("I am no directory");
    Path orphan = folder.resolve("missing").resolve("index");
    assertThatThrownBy(() -> index.save(orphan)).isInstanceOf(NoSuchFileException.class);
    assertThat(orphan.getParent()).doesNotExist();
    for (Path none : new Path[] {file, orphan, orphan.getParent(), folder}) {
      assertThatThrownBy(() -> VectorIndexes.open(none)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> VectorIndexes.openForWriting(none)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> VectorIndexes.check(none)).isInstanceOf(IOException.class);
    }
    assertThat(FileSystemStorage.INSTANCE.list(folder)).containsExactly("file");
  }

  @Test
  void aRelativePathALinkAndADetourMeanTheSameDirectory() throws IOException {
    Path relative = Path.of("").toAbsolutePath().toRealPath().relativize(directory);
    assertThat(relative.isAbsolute()).isFalse();
    Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
    Path detour = folder.resolve("nowhere").resolve("..").resolve("index");
    Files.createDirectory(folder.resolve("nowhere"));
    index.save(relative);
    for (Path way : new Path[] {directory, relative, link, detour}) {
      assertThat(SmallIndex.stored(way)).isEqualTo(SmallIndex.atGeneration(1, index));
      assertThat(VectorIndexes.check(way).problems()).isEmpty();
      try (MutableVectorIndex writer = VectorIndexes.openForWriting(way)) {
        for (Path other : new Path[] {directory, relative, link, detour}) {
          assertThatThrownBy(() -> VectorIndexes.openForWriting(other))
              .as("%s while %s is open", other, way)
              .isInstanceOf(IndexLockedException.class);
          assertThatThrownBy(() -> index.save(other)).isInstanceOf(IndexLockedException.class);
        }
        assertThat(writer.size()).isEqualTo(4);
      }
    }
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(link)) {
      writer.save(relative);
      writer.save(detour);
      writer.save(directory);
      assertThat(writer.stats().generation()).isEqualTo(4);
    }
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThatThrownBy(() -> index.save(link))
        .as("an index that knows generation 1 only")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLinkThatLeadsNowhereIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertThatThrownBy(() -> index.save(link))
        .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void anIndexThatSomebodyHasReplacedSinceIsRefused() throws IOException {
    index.save(directory);
    try (VectorIndex heap = VectorIndexes.open(directory);
        VectorIndex mapped = VectorIndexes.open(directory, OpenOptions.mapped());
        FlatIndex other = SmallIndex.make(3, Metric.L2, 2, 2)) {
      other.save(directory);
      for (VectorIndex stale : new VectorIndex[] {index, heap, mapped}) {
        assertThatThrownBy(() -> stale.save(directory))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("generation 2")
            .hasMessageContaining("generation 1");
        Path elsewhere = folder.resolve("elsewhere");
        stale.save(elsewhere);
        assertThatThrownBy(() -> stale.save(directory))
            .as("a save elsewhere makes it no fresher here")
            .isInstanceOf(IllegalArgumentException.class);
        delete(elsewhere);
      }
      assertThat(SmallIndex.stored(directory)).isEqualTo(SmallIndex.atGeneration(2, other));
      other.save(directory);
    }
  }

  @Test
  void aWriterMaySaveElsewhereAndGoOnInItsOwnDirectory() throws IOException {
    index.save(directory);
    Path backup = folder.resolve("backup");
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      for (int round = 1; round <= 3; round++) {
        writer.add(round, SmallIndex.vector(3, round));
        writer.save(backup);
        writer.save(directory);
        assertThat(SmallIndex.stored(backup)).isEqualTo(SmallIndex.atGeneration(round, writer));
        assertThat(SmallIndex.stored(directory))
            .isEqualTo(SmallIndex.atGeneration(round + 1, writer));
      }
    }
  }

  /** Nobody else has saved there; and no generation number is used twice. */
  @Test
  void aDirectoryThatWasDeletedIsMadeAnew() throws IOException {
    index.save(directory);
    index.save(directory);
    delete(directory);
    index.save(directory);
    assertThat(SmallIndex.stored(directory)).isEqualTo(SmallIndex.atGeneration(3, index));
    index.save(directory);
  }

  /** The interrupt comes before each operation of a save in turn. */
  @Test
  void aSaveThatIsInterruptedLeavesNothingBehind() throws IOException {
    index.save(directory);
    int refused = 0;
    boolean reached = true;
    for (int moment = 1; reached; moment++) {
      String before = SmallIndex.stored(directory);
      long generation = index.stats().generation();
      index.add(moment, SmallIndex.vector(3, moment));
      int when = moment;
      FaultyStorage storage = FaultyStorage.onFiles(FaultyStorage.nothing());
      storage.observer(
          next -> {
            if (next.number() == when) {
              Thread.currentThread().interrupt();
            }
          });
      boolean thrown = false;
      try {
        storage.run(() -> index.save(directory));
      } catch (ClosedByInterruptException e) {
        thrown = true;
        refused++;
      }
      reached = Thread.interrupted();
      assertThat(thrown && !reached).as("the flag stays, at %s", moment).isFalse();
      boolean saved = storage.did(FaultyStorage.Kind.RENAME, FileNames.MANIFEST);
      assertThat(SmallIndex.stored(directory))
          .as("interrupted at %s", moment)
          .isEqualTo(saved ? SmallIndex.atGeneration(generation + 1, index) : before);
      assertThat(FileSystemStorage.INSTANCE.list(directory))
          .as("interrupted at %s", moment)
          .containsExactly(
              "flat-" + (generation + (saved ? 1 : 0)) + ".kith", "manifest", "write.lock");
      assertThat(storage.openFiles()).isZero();
    }
    assertThat(refused).isGreaterThan(5);
    index.save(directory);
  }

  private static void delete(Path directory) throws IOException {
    for (String name : FileSystemStorage.INSTANCE.list(directory)) {
      Files.delete(directory.resolve(name));
    }
    Files.delete(directory);
  }
}
