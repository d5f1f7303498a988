package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedCorpusTest {

  private static final List<Passage> PASSAGES =
      List.of(new Passage("a.B", "B", "Text."), new Passage("c.md > D", "D", "\u2264 \u00e4."));
  private static final Exam EXAM =
      new Exam(new float[][] {{1, -0.5f}, {0, 3}}, new long[][] {{1, 0}, {0, 1}});

  @TempDir Path parent;

  @Test
  void returnsWhatWasWritten() throws IOException {
    var saved = saved("a");
    assertThat(saved.passages()).isEqualTo(PASSAGES);
    assertThat(saved.exam().queries()).isDeepEqualTo(EXAM.queries());
    assertThat(saved.exam().answers()).isDeepEqualTo(EXAM.answers());
  }

  @Test
  void onlyTheRightFingerprintOpensTheSeal() throws IOException {
    var saved = saved("a");
    assertThat(saved.sealedWith(new Fingerprint().add("a")))
        .hasValueSatisfying(date -> assertThat(date).isBeforeOrEqualTo(Instant.now()));
    assertThat(saved.sealedWith(new Fingerprint().add("b"))).isEmpty();
  }

  @Test
  void withoutSealThereIsNothing() throws IOException {
    assertThat(new SavedCorpus(parent.resolve("new")).sealedWith(new Fingerprint())).isEmpty();
  }

  @Test
  void damageIsNoticed() throws IOException {
    var saved = saved("a");
    Files.writeString(saved.folder().resolve("passages"), "!", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> saved.sealedWith(new Fingerprint().add("a")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aDamagedIndexIsNoticed() throws IOException {
    var saved = saved("a");
    Files.delete(saved.index().resolve("manifest"));
    assertThatThrownBy(() -> saved.sealedWith(new Fingerprint().add("a")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void afterClearingThereIsNothing() throws IOException {
    var saved = saved("a");
    saved.clear();
    assertThat(saved.sealedWith(new Fingerprint().add("a"))).isEmpty();
    assertThat(saved.index()).isEmptyDirectory();
  }

  private SavedCorpus saved(String fingerprint) throws IOException {
    var saved = new SavedCorpus(parent.resolve("java"));
    saved.clear();
    float[] row = new float[MiniLm.DIMENSION];
    row[0] = 1;
    Indexing.saveIndex(new float[][] {row}, saved.index(), (done, total) -> {});
    saved.write(PASSAGES, EXAM);
    saved.sealWith(new Fingerprint().add(fingerprint));
    return saved;
  }
}
