package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFolderTest {

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "Plain text. Of two sentences.");
    Files.writeString(folder.resolve("image.png"), "no text");
    Files.writeString(
        Files.createDirectory(folder.resolve("a")).resolve("guide.MD"), "# Start\nHere.");
  }

  @Test
  void readsTextAndMarkdownInTheOrderOfTheirNames() throws IOException {
    assertThat(new TextFolder(folder).read().passages())
        .containsExactly(
            new Passage("a/guide.MD > Start", "Start", "Here."),
            new Passage("b.txt", "b.txt", "Plain text. Of two sentences."));
  }

  @Test
  void isExaminedWithSentencesOfItsOwn() throws IOException {
    assertThat(new TextFolder(folder).read().unseen())
        .containsExactly("Here.", "Of two sentences.");
  }

  @Test
  void itsFingerprintFollowsNamesAndContents() throws IOException {
    String before = fingerprint();
    assertThat(fingerprint()).isEqualTo(before);

    Files.writeString(folder.resolve("image.png"), "still no text");
    assertThat(fingerprint()).isEqualTo(before);

    Files.writeString(folder.resolve("b.txt"), "Plain text. Of two other sentences.");
    String changed = fingerprint();
    assertThat(changed).isNotEqualTo(before);

    Files.move(folder.resolve("b.txt"), folder.resolve("c.txt"));
    assertThat(fingerprint()).isNotEqualTo(changed);
  }

  private String fingerprint() throws IOException {
    var fingerprint = new Fingerprint();
    new TextFolder(folder).addTo(fingerprint);
    return fingerprint.hex();
  }
}
