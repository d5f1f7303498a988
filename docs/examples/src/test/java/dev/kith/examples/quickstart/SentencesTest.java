package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {

  @Test
  void splitsAtTheEndsOfSentences() {
    assertThat(Sentences.of("Holds 2.5 of it. Is it full? Yes."))
        .containsExactly("Holds 2.5 of it.", "Is it full?", "Yes.");
  }

  @Test
  void theNumberOfAListItemIsNoSentence() {
    assertThat(Sentences.of("1. Open it. Then search."))
        .containsExactly("1. Open it.", "Then search.");
    assertThat(Sentences.of("12.")).containsExactly("12.");
  }

  @Test
  void piecesHoldWholeSentencesUpToTheLimit() {
    assertThat(Sentences.pieces(12, "One two. Six. Seven eight. Nine."))
        .containsExactly("One two.", "Six.", "Seven eight.", "Nine.");
    assertThat(Sentences.pieces(13, "One two. Six. Seven eight. Nine."))
        .containsExactly("One two. Six.", "Seven eight.", "Nine.");
  }

  @Test
  void aSentenceBeyondTheLimitLosesItsEnd() {
    assertThat(Sentences.pieces(16, "Alpha beta, gamma delta.")).containsExactly("Alpha beta...");
    assertThat(Sentences.pieces(8, "Unbreakable")).containsExactly("Unbre...");
  }

  @Test
  void nothingHasNoPieces() {
    assertThat(Sentences.pieces(10, "")).isEmpty();
    assertThat(Sentences.onOneLine(" \n\t ")).isEmpty();
  }
}
