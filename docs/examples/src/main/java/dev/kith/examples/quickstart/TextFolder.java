package dev.kith.examples.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of Markdown and text files, with its subfolders. The unseen texts are single sentences
 * of its passages, without their titles.
 *
 * @param folder where the files are
 */
record TextFolder(Path folder) implements Corpus {

  TextFolder {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("texts: " + folder + " is not a folder");
    }
  }

  @Override
  public String name() {
    return "texts";
  }

  @Override
  public String description() {
    return "the texts in " + folder;
  }

  @Override
  public void addTo(Fingerprint fingerprint) throws IOException {
    fingerprint.add("text folder").add("passages to " + PASSAGE_LENGTH);
    for (Path file : files()) {
      fingerprint.add(relativeName(file)).add(file);
    }
  }

  @Override
  public Contents read() throws IOException {
    List<Passage> passages = new ArrayList<>();
    for (Path file : files()) {
      // Not Files.readString: a stray byte of another encoding should not end the tour.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      passages.addAll(TextPassages.split(relativeName(file), text, PASSAGE_LENGTH));
    }
    Set<String> sentences = new LinkedHashSet<>();
    for (Passage passage : passages) {
      sentences.add(Sentences.of(passage.text()).getLast());
    }
    return new Contents(passages, Sample.evenly(UNSEEN_TEXTS, List.copyOf(sentences)));
  }

  @Override
  public List<String> sampleQuestions() {
    return List.of();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(TextFolder::isText).sorted().toList();
    }
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && (name.endsWith(".md") || name.endsWith(".txt"));
  }

  private String relativeName(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
