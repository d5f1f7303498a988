package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextPassagesTest {

  @Test
  void splitsAtHeadings() {
    assertThat(split("Before.\n# One\nText of\none.\n\nMore.\n## Two ##\nText of two.\n"))
        .containsExactly(
            new Passage("a.md", "a.md", "Before."),
            new Passage("a.md > One", "One", "Text of one. More."),
            new Passage("a.md > Two", "Two", "Text of two."));
  }

  @Test
  void splitsLongSectionsBetweenParagraphs() {
    assertThat(split("# H\nFour words are here.\n\nAnd four words there.\n\nEnd."))
        .extracting(Passage::text)
        .containsExactly("Four words are here.", "And four words there. End.");
  }

  @Test
  void splitsLongParagraphsBetweenSentences() {
    assertThat(split("First sentence of it. Second sentence of it. Third."))
        .extracting(Passage::text)
        .containsExactly("First sentence of it.", "Second sentence of it. Third.");
  }

  @Test
  void leavesOutCodeAndMarkers() {
    assertThat(split("Call `run` **now**.\n```java\n# no heading\nint x;\n```\nDone."))
        .extracting(Passage::text)
        .containsExactly("Call run now. Done.");
  }

  @Test
  void anEmptyTextHasNoPassages() {
    assertThat(split("")).isEmpty();
    assertThat(split("# Only a heading\n\n")).isEmpty();
  }

  private static List<Passage> split(String text) {
    return TextPassages.split("a.md", text, 32);
  }
}
