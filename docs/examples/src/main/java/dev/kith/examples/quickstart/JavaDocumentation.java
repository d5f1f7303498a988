package dev.kith.examples.quickstart;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The documentation comments in an archive of Java sources. Every documented public type becomes a
 * passage, and so does every public method whose description is long enough to be worth finding; of
 * overloads the first. The remaining methods are the unseen texts.
 *
 * @param archive a zip or jar file of sources
 * @param folder the folder of the archive to read, {@code /} for all of it
 * @param description what the archive is
 */
record JavaDocumentation(Path archive, String folder, String description) implements Corpus {

  private static final int SHORTEST_METHOD_TEXT = 120;

  /**
   * Returns the documentation of a JDK or, where it came without its sources, of the substitute.
   *
   * @param javaHome the folder of the JDK
   * @param substitute another archive of Java sources
   */
  static JavaDocumentation find(Path javaHome, Optional<Path> substitute) {
    Path sources = javaHome.resolve("lib").resolve("src.zip");
    if (Files.exists(sources)) {
      return new JavaDocumentation(
          sources, "/java.base/java", "the documentation of JDK " + Runtime.version().feature());
    }
    Path archive =
        substitute.orElseThrow(
            () ->
                new IllegalArgumentException("no " + sources + " and no other archive of sources"));
    String description =
        "the documentation in " + archive.getFileName() + ", as this JDK has no src.zip";
    return new JavaDocumentation(archive, "/", description);
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public void addTo(Fingerprint fingerprint) throws IOException {
    fingerprint
        .add("java documentation " + folder)
        .add("methods from " + SHORTEST_METHOD_TEXT + ", passages to " + PASSAGE_LENGTH)
        .add(archive);
  }

  @Override
  public Contents read() throws IOException {
    List<Passage> passages = new ArrayList<>();
    Set<String> titles = new HashSet<>();
    Set<String> remaining = new LinkedHashSet<>();
    for (DocumentedElement element : elements()) {
      String text = String.join(" ", element.paragraphs());
      boolean worthFinding = element.isType() || text.length() >= SHORTEST_METHOD_TEXT;
      if (worthFinding && titles.add(element.qualifiedName())) {
        String shortened = Sentences.pieces(PASSAGE_LENGTH, text).getFirst();
        passages.add(new Passage(element.qualifiedName(), element.name(), shortened));
      } else {
        remaining.add(Sentences.of(text).getFirst());
      }
    }
    return new Contents(passages, Sample.evenly(UNSEEN_TEXTS, List.copyOf(remaining)));
  }

  @Override
  public List<String> sampleQuestions() {
    return List.of(
        "queue that blocks when it is full",
        "map that keeps its keys sorted",
        "split a string into tokens");
  }

  private List<DocumentedElement> elements() throws IOException {
    try (var zip = FileSystems.newFileSystem(archive);
        Stream<Path> files = Files.walk(zip.getPath(folder));
        var fileManager =
            ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null)) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      return DocumentationReader.read(fileManager.getJavaFileObjectsFromPaths(sources));
    }
  }
}
