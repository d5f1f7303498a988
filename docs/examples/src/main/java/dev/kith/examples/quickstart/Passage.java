package dev.kith.examples.quickstart;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A piece of text that can be found: what it is called and what it says.
 *
 * @param title where to find it: {@code java.util.Map.merge}, or a file and a heading
 * @param subject the part of the title that says what it is about: {@code Map.merge}, or a heading
 * @param text one or more sentences on one line
 */
record Passage(String title, String subject, String text) {

  /** Returns what the embedding model reads: questions often use words of the subject. */
  String embeddedText() {
    return subject + ": " + text;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeUTF(title);
    out.writeUTF(subject);
    out.writeUTF(text);
  }

  static Passage readFrom(DataInput in) throws IOException {
    return new Passage(in.readUTF(), in.readUTF(), in.readUTF());
  }
}
