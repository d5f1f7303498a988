package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommentTextTest {

  @Test
  void bringsTheTextOnOneLine() throws IOException {
    assertThat(paragraphs("/** One\n   *  sentence\n   *  over lines. */"))
        .containsExactly("One sentence over lines.");
  }

  @Test
  void splitsAtBlockElements() throws IOException {
    assertThat(paragraphs("/** A.<p>B.</p><ul><li>C<LI>D</ul><dl><dt>E<dd>F</dl>G */"))
        .containsExactly("A.", "B.", "C", "D", "E", "F", "G");
  }

  @Test
  void dropsInlineMarkupAndKeepsItsText() throws IOException {
    assertThat(paragraphs("/** An <em>ordered</em> <a href=\"x\">view</a> of 2<sup>31</sup>. */"))
        .containsExactly("An ordered view of 2^31.");
  }

  @Test
  void replacesEntities() throws IOException {
    assertThat(paragraphs("/** a &lt; b &amp;&amp; c &#x2264; d&nbsp;e */"))
        .containsExactly("a < b && c \u2264 d e");
  }

  @Test
  void keepsCodeAndLiterals() throws IOException {
    assertThat(paragraphs("/** Is {@code List<String>} or {@literal a<b}. */"))
        .containsExactly("Is List<String> or a<b.");
  }

  @Test
  void showsLinksAsNames() throws IOException {
    assertThat(
            paragraphs(
                "/** {@link java.util.Queue#offer(Object) offer}, {@link java.util.List},"
                    + " {@link #size()}, {@linkplain Map#put(Object, Object)}. */"))
        .containsExactly("offer, List, size, Map.put.");
  }

  @Test
  void spellsOutInlineReturn() throws IOException {
    assertThat(paragraphs("/** {@return the {@code size} of it} Never negative. */"))
        .containsExactly("Returns the size of it. Never negative.");
  }

  @Test
  void leavesOutCodeBlocksTablesAndHeadings() throws IOException {
    assertThat(
            paragraphs(
                "/** Before. <h2>Heading</h2><pre>{@code int x;}</pre><table><tr><td>cell</table>"
                    + " {@snippet :\n int y;\n } After. */"))
        .containsExactly("Before.", "After.");
  }

  @Test
  void leavesOutBlockTags() throws IOException {
    assertThat(paragraphs("/** Text.\n * @param x a number\n * @since 1.0 */"))
        .containsExactly("Text.");
  }

  @Test
  void readsMarkdown() throws IOException {
    assertThat(paragraphs("/// The `first` [java.util.List].\n  ///\n  /// The second."))
        .containsExactly("The first List.", "The second.");
  }

  @Test
  void survivesBrokenMarkup() throws IOException {
    assertThat(paragraphs("/** Text <b>bold</i> {@code open */").getFirst()).startsWith("Text");
  }

  private static List<String> paragraphs(String comment) throws IOException {
    var source = new InlineSource("public class A {\n  " + comment + "\n  public int a() {}\n}");
    return DocumentationReader.read(List.of(source)).getFirst().paragraphs();
  }
}
