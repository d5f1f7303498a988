package dev.kith.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sample questions find the types they are about. Everything is as in the quickstart but for
 * the number of passages: all of {@code java.util} and {@code java.util.concurrent}, which the
 * samples are about, and some hundreds from the rest of the JDK to distract. Skipped on a JDK
 * without sources.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuickstartAnswersTest {

  private static final int DISTRACTORS = 600;

  private JavaDocumentation corpus;
  private Embedder embedder;
  private VectorIndex index;
  private Answers answers;
  private Exam exam;

  @BeforeAll
  void indexPassages(@TempDir Path folder) throws Exception {
    Path javaHome = Path.of(System.getProperty("java.home"));
    assumeTrue(Files.exists(javaHome.resolve("lib").resolve("src.zip")), "the JDK has no sources");
    corpus = JavaDocumentation.find(javaHome, Optional.empty());
    Corpus.Contents contents = corpus.read();
    assertThat(contents.passages()).hasSizeGreaterThan(5000);
    assertThat(contents.unseen()).hasSizeGreaterThanOrEqualTo(200);

    List<Passage> rest = contents.passages().stream().filter(p -> !isNear(p)).toList();
    List<Passage> passages =
        Stream.concat(
                contents.passages().stream().filter(QuickstartAnswersTest::isNear),
                Sample.evenly(DISTRACTORS, rest).stream())
            .toList();
    embedder = new Embedder();
    float[][] rows =
        embedder.embedAll(passages.stream().map(Passage::embeddedText).toList(), done -> {});
    Indexing.saveIndex(rows, folder.resolve("index"), (done, total) -> {});
    index = VectorIndexes.open(folder.resolve("index"));
    answers = new Answers(embedder, index, passages);
    exam = Exam.of(embedder.embedAll(contents.unseen(), done -> {}), rows);
  }

  @AfterAll
  void close() {
    if (index != null) {
      index.close();
    }
    if (embedder != null) {
      embedder.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, java.util.concurrent.BlockingQueue, java.util.concurrent.ArrayBlockingQueue",
    "1, java.util.SortedMap, java.util.TreeMap",
    "2, java.util.StringTokenizer, java.io.StreamTokenizer"
  })
  void theTypeThatAQuestionIsAboutIsAmongTheFirstFive(int sample, String type, String orThis) {
    assertThat(answers.to(corpus.sampleQuestions().get(sample), 5))
        .extracting(answer -> answer.passage().title())
        .containsAnyOf(type, orThis);
  }

  @Test
  void theIndexFindsWhatBruteForceFinds() {
    assertThat(exam.recall(index)).isGreaterThan(0.99);
  }

  private static boolean isNear(Passage passage) {
    String title = passage.title();
    return title.startsWith("java.util.concurrent.")
        || (title.startsWith("java.util.") && Character.isUpperCase(title.charAt(10)));
  }
}
