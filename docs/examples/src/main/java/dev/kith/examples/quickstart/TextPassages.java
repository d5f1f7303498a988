package dev.kith.examples.quickstart;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one text into passages: at headings and, where a section is too long for one passage,
 * between paragraphs and sentences. Blocks of code are left out.
 */
final class TextPassages {

  private final String file;
  private final int limit;
  private final List<Passage> passages = new ArrayList<>();
  private final StringBuilder section = new StringBuilder();
  private final StringBuilder paragraph = new StringBuilder();
  private String heading = "";
  private boolean inCode;

  private TextPassages(String file, int limit) {
    this.file = file;
    this.limit = limit;
  }

  /** Returns the passages of a Markdown or plain text, titled with the file and the heading. */
  static List<Passage> split(String file, String text, int limit) {
    var splitter = new TextPassages(file, limit);
    text.lines().map(String::strip).forEach(splitter::line);
    splitter.endSection();
    return List.copyOf(splitter.passages);
  }

  private void line(String line) {
    if (line.startsWith("```")) {
      inCode = !inCode;
    } else if (inCode) {
      return;
    } else if (line.startsWith("#")) {
      endSection();
      heading = line.replace('#', ' ').strip();
    } else if (line.isEmpty()) {
      endParagraph();
    } else {
      paragraph.append(line.replace("`", "").replace("**", "")).append(' ');
    }
  }

  private void endParagraph() {
    String text = Sentences.onOneLine(paragraph);
    paragraph.setLength(0);
    if (!section.isEmpty() && section.length() + 1 + text.length() > limit) {
      emitSection();
    }
    section.append(section.isEmpty() || text.isEmpty() ? "" : " ").append(text);
  }

  private void endSection() {
    endParagraph();
    emitSection();
  }

  private void emitSection() {
    String title = heading.isEmpty() ? file : file + " > " + heading;
    String subject = heading.isEmpty() ? file : heading;
    for (String piece : Sentences.pieces(limit, section.toString())) {
      passages.add(new Passage(title, subject, piece));
    }
    section.setLength(0);
  }
}
