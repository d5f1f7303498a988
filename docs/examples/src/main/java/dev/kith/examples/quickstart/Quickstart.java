package dev.kith.examples.quickstart;

import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads real documentation, embeds it, indexes it with Kith and answers questions in plain English,
 * all inside this process. What was indexed is kept, and the next run uses it again.
 */
public final class Quickstart {

  private static final int ANSWERS = 5;
  private static final int EXCERPT_LENGTH = 88;

  private Quickstart() {}

  /**
   * Runs the quickstart.
   *
   * @param args not used: {@code Options} tells what can be chosen
   * @throws Exception if the texts cannot be read or the index cannot be kept
   */
  public static void main(String[] args) throws Exception {
    var options = Options.fromSystemProperties();
    var corpus = options.corpus();
    var screen = new Screen(System.out);
    screen.heading("Kith quickstart: ask " + corpus.description());

    try (var embedder = new Embedder()) {
      var saved = new SavedCorpus(options.folder().resolve(corpus.name()));
      new Indexing(screen, embedder).bringUpToDate(saved, corpus);

      long start = System.nanoTime();
      try (VectorIndex index = VectorIndexes.open(saved.index())) {
        screen.step("open", index.size() + " vectors", start);
        examine(index, saved.exam(), screen);

        var answers = new Answers(embedder, index, saved.passages());
        Stream.concat(corpus.sampleQuestions().stream(), options.question().stream())
            .forEach(question -> print(question, answers.to(question, ANSWERS), screen));
      }
    }
    screen.heading(
        "Ask more: -Dquestion=\"...\"   Ask your own .md and .txt files: -Dtexts=FOLDER");
  }

  /** Compares what the index finds with the truth, then measures how fast it finds it. */
  private static void examine(VectorIndex index, Exam exam, Screen screen) {
    screen.line("");
    screen.line(
        String.format(
            Locale.ROOT,
            "recall@%d = %.3f, against brute force, of %d texts that are not in the index",
            Exam.K,
            exam.recall(index),
            exam.queries().length));
    screen.line(
        String.format(
            Locale.ROOT,
            "%.0f queries per second one by one, %.0f in batches on all cores",
            exam.queriesPerSecond(index),
            exam.batchedQueriesPerSecond(index)));
  }

  private static void print(String question, List<Answers.Answer> answers, Screen screen) {
    screen.heading(question);
    for (Answers.Answer answer : answers) {
      String excerpt = Sentences.shortened(EXCERPT_LENGTH, answer.passage().text());
      screen.answer(answer.similarity(), answer.passage().title(), excerpt);
    }
  }
}
