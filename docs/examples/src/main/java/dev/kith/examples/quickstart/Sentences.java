package dev.kith.examples.quickstart;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts prose into sentences, and into pieces of a length, never inside a word. */
final class Sentences {

  private Sentences() {}

  /** Returns the text with one blank for every run of white space and of no-break spaces. */
  static String onOneLine(CharSequence text) {
    return String.join(" ", text.toString().replace('\u00a0', ' ').strip().split("\\s+", -1));
  }

  /** Returns the sentences of a text, in order; the number of a list item is no sentence. */
  static List<String> of(String text) {
    BreakIterator boundaries = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    boundaries.setText(text);
    List<String> sentences = new ArrayList<>();
    int start = boundaries.first();
    for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
      String sentence = text.substring(start, end).strip();
      boolean hasWords = sentence.chars().anyMatch(Character::isLetter);
      if (hasWords || end == text.length()) {
        sentences.add(sentence);
        start = end;
      }
    }
    return sentences;
  }

  /**
   * Returns the text in pieces of whole sentences, each as long as the limit allows. A sentence
   * beyond the limit is a piece of its own and loses its end.
   */
  static List<String> pieces(int limit, String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String sentence : of(text)) {
      if (!piece.isEmpty() && piece.length() + 1 + sentence.length() > limit) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(piece.isEmpty() ? "" : " ").append(shortened(limit, sentence));
    }
    if (!piece.isEmpty()) {
      pieces.add(piece.toString());
    }
    return pieces;
  }

  /** Returns the text, or its first words followed by three dots. */
  static String shortened(int limit, String text) {
    if (text.length() <= limit) {
      return text;
    }
    int blank = text.lastIndexOf(' ', limit - 3);
    int end = blank > 0 ? blank : limit - 3;
    while (end > 1 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "...";
  }
}
