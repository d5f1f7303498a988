package dev.kith.examples.quickstart;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** Java source text that stands in a test instead of a file. */
final class InlineSource extends SimpleJavaFileObject {

  private final String text;

  InlineSource(String text) {
    super(URI.create("inline:///Inline.java"), Kind.SOURCE);
    this.text = text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }
}
