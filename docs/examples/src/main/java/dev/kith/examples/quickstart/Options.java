package dev.kith.examples.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the person who starts the quickstart may choose, as system properties; an empty value counts
 * as none.
 *
 * @param folder {@code quickstart.dir}: a folder of its own, where what was indexed is kept
 * @param question {@code question}: something to ask
 * @param texts {@code texts}: a folder of .md and .txt files to ask instead of the JDK
 * @param sources {@code quickstart.sources}: an archive of Java sources, for a JDK without its own
 */
record Options(
    Path folder, Optional<String> question, Optional<Path> texts, Optional<Path> sources) {

  static Options fromSystemProperties() {
    return new Options(
        property("quickstart.dir").map(Path::of).orElse(Path.of("target", "quickstart")),
        property("question"),
        property("texts").map(Path::of),
        property("quickstart.sources").map(Path::of));
  }

  /** Returns the corpus that was chosen. */
  Corpus corpus() {
    if (texts.isPresent()) {
      return new TextFolder(texts.get());
    }
    return JavaDocumentation.find(Path.of(System.getProperty("java.home")), sources);
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
