package dev.kith.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.CorruptIndexException;
import dev.kith.IndexLockedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.flat.FlatIndex;
import dev.kith.support.ChildJvm;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory has one writer, in this process or another, and a dead one never blocks it. */
class D7_LockTest {
  private static final int RACES = Boolean.getBoolean("kith.long") ? 200 : 20;

  private static TalkingJvm one;
  private static TalkingJvm two;

  @TempDir private Path folder;
  private Path directory;

  @BeforeAll
  static void startProcesses() throws IOException {
    one = new TalkingJvm(LockProgram.class, List.of());
    two = new TalkingJvm(LockProgram.class, List.of());
  }

  @AfterAll
  static void endProcesses() {
    one.close();
    two.close();
  }

  @BeforeEach
  void saveAnIndex() throws IOException {
    directory = folder.resolve("index");
    SmallIndex.make(3, Metric.L2, 4, 1).save(directory);
  }

  @Test
  void ofTwoProcessesOneGetsTheDirectory() throws Exception {
    for (int race = 0; race < RACES; race++) {
      one.say("open " + directory);
      two.say("open " + directory);
      assertThat(List.of(one.hear(), two.hear())).containsExactlyInAnyOrder("done", "locked");
      assertThat(one.ask("close " + directory)).isEqualTo("done");
      assertThat(two.ask("close " + directory)).isEqualTo("done");
    }
  }

  /** Both make the directory; one may come too early for the other, none may spoil it. */
  @Test
  void ofTwoProcessesThatSaveFirstAtLeastOneSucceeds() throws Exception {
    for (int race = 0; race < RACES; race++) {
      Path fresh = folder.resolve("fresh-" + race);
      one.say("save " + fresh);
      two.say("save " + fresh);
      assertThat(List.of(one.hear(), two.hear()))
          .contains("done")
          .allMatch(answer -> answer.equals("done") || answer.equals("locked"));
      assertThat(VectorIndexes.check(fresh).problems()).isEmpty();
    }
  }

  @Test
  void aWriterKeepsOtherProcessesAway() throws Exception {
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      assertThat(one.ask("open " + directory)).isEqualTo("locked");
      assertThat(one.ask("save " + directory)).isEqualTo("locked");
      assertThatThrownBy(() -> VectorIndexes.openForWriting(directory))
          .isInstanceOf(IndexLockedException.class)
          .hasMessageContaining(directory.toString());
      assertThatThrownBy(() -> SmallIndex.make(3, Metric.L2, 4, 2).save(directory))
          .isInstanceOf(IndexLockedException.class);
      assertThat(one.ask("open " + directory))
          .as("the refused attempts in this process have not dropped the lock")
          .isEqualTo("locked");
      writer.save(directory);
      assertThat(one.ask("open " + directory)).as("after a save").isEqualTo("locked");
    }
    assertThat(one.ask("open " + directory)).as("after the close").isEqualTo("done");
    assertThatThrownBy(() -> VectorIndexes.openForWriting(directory))
        .isInstanceOf(IndexLockedException.class)
        .hasMessageContaining("another process");
    assertThat(one.ask("close " + directory)).isEqualTo("done");
    VectorIndexes.openForWriting(directory).close();
  }

  @Test
  void anotherClassLoadersKithIsAnotherWriter() throws Exception {
    URL[] urls = {
      ChildJvm.home(VectorIndex.class).toUri().toURL(), ChildJvm.home(getClass()).toUri().toURL()
    };
    try (URLClassLoader other = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      Class<?> twin = other.loadClass(VectorIndexes.class.getName());
      assertThat(twin).isNotEqualTo(VectorIndexes.class);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(
                () -> twin.getMethod("openForWriting", Path.class).invoke(null, directory))
            .rootCause()
            .hasMessageContaining("locked");
        assertThat(one.ask("open " + directory))
            .as("the refused attempt has not dropped the lock of the process")
            .isEqualTo("locked");
      }
      writer.save(directory);
    }
    assertThat(one.ask("open " + directory)).isEqualTo("done");
    assertThat(one.ask("close " + directory)).isEqualTo("done");
  }

  @Test
  void aKilledWriterDoesNotBlock() throws Exception {
    try (TalkingJvm victim = new TalkingJvm(LockProgram.class, List.of())) {
      assertThat(victim.ask("open " + directory)).isEqualTo("done");
      assertThatThrownBy(() -> VectorIndexes.openForWriting(directory))
          .isInstanceOf(IndexLockedException.class);
      victim.kill();
    }
    assertThat(directory.resolve(FileNames.LOCK)).as("the file stays, without meaning").exists();
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      writer.save(directory);
    }
  }

  @Test
  void aRefusedOpenGivesTheLockBack() throws Exception {
    Path data = directory.resolve("flat-1.kith");
    byte[] good = Files.readAllBytes(data);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(data, bad);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> VectorIndexes.openForWriting(directory))
          .isInstanceOf(CorruptIndexException.class);
    }
    Files.delete(data);
    assertThatThrownBy(() -> VectorIndexes.openForWriting(directory))
        .isInstanceOf(CorruptIndexException.class);
    Files.write(data, good);
    VectorIndexes.openForWriting(directory).close();
  }

  @Test
  void closingTwiceGivesBackOnlyTheOwnLock() throws Exception {
    MutableVectorIndex first = VectorIndexes.openForWriting(directory);
    first.close();
    try (MutableVectorIndex second = VectorIndexes.openForWriting(directory)) {
      first.close();
      assertThatThrownBy(() -> VectorIndexes.openForWriting(directory))
          .isInstanceOf(IndexLockedException.class);
      second.save(directory);
    }
  }

  @Test
  void aWriterOfOneDirectorySavesToAnotherWithThatOnesLock() throws Exception {
    Path other = folder.resolve("other");
    try (MutableVectorIndex writer = VectorIndexes.openForWriting(directory)) {
      writer.save(other);
      assertThat(one.ask("open " + other)).isEqualTo("done");
      assertThatThrownBy(() -> writer.save(other)).isInstanceOf(IndexLockedException.class);
      assertThat(one.ask("close " + other)).isEqualTo("done");
      assertThat(two.ask("open " + directory)).as("the first directory").isEqualTo("locked");
    }
    try (FlatIndex index = SmallIndex.make(3, Metric.L2, 1, 3)) {
      index.save(directory);
    }
  }
}
