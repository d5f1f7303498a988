package dev.kith.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Hit;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.eval.ClusteredVectors;
import dev.kith.flat.FlatIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is compiled, and does what it says. */
class ReadmeTest {
  private static final Path ROOT = Path.of("../..");

  @Test
  void tenLinesAreTheCompiledExample() throws IOException {
    List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
    int start = readme.indexOf("```java");
    List<String> shown =
        readme.subList(start + 1, start + readme.subList(start, readme.size()).indexOf("```"));

    assertThat(shown).isEqualTo(region("TenLines.java", "ten-lines"));
    assertThat(shown.stream().filter(line -> !line.equals("}"))).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void tenLinesRun(@TempDir Path folder) throws IOException {
    ClusteredVectors made = ClusteredVectors.of(500, 384, 7);
    float[][] vectors = new float[made.size()][made.dimension()];
    long[] ids = new long[made.size()];
    for (int row = 0; row < ids.length; row++) {
      made.copy(row, vectors[row]);
      ids[row] = 100 + row;
    }
    Path directory = folder.resolve("index");
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      TenLines.run(ids, vectors, vectors[3], vectors[3], directory);
    } finally {
      System.setOut(console);
    }

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.getFirst()).isEqualTo("42 0.0");
    try (VectorIndex index = VectorIndexes.open(directory)) {
      Hits hits = index.search(SearchRequest.of(vectors[3], 10).filter(id -> id % 2 == 0));
      assertThat(lines).isEqualTo(print(hits));
      assertThat(SearchOptions.search(index, vectors[3]).size()).isZero();
    }
  }

  @Test
  void exactExampleFindsEveryVectorItself() {
    float[][] vectors = ClusteredVectors.of(200, 16, 1).queries(200);
    List<Hits> hits = ExactSearch.search(vectors, vectors);
    for (int i = 0; i < vectors.length; i++) {
      assertThat(hits.get(i).id(0)).isEqualTo(i);
    }
  }

  @Test
  void measuredRecallOfTheExactIndexIsWhole() {
    try (FlatIndex index = FlatIndex.create(64, Metric.L2)) {
      assertThat(MeasureRecall.measure(index)).hasToString("recall@10 = 1.000 over 200 queries");
    }
  }

  @Test
  void filteredSearchReturnsOnlyTheGivenIds() {
    try (FlatIndex index = FlatIndex.create(2, Metric.L2)) {
      for (int i = 0; i < 20; i++) {
        index.add(i, new float[] {i / 10f, 0});
      }
      Hits hits = SearchOptions.search(index, new float[] {0, 0});
      assertThat(hits.ids()).containsExactly(1, 2, 3, 5);
    }
  }

  private static List<String> print(Hits hits) {
    List<String> lines = new ArrayList<>();
    for (Hit hit : hits) {
      lines.add(hit.id() + " " + hit.distance());
    }
    return lines;
  }

  private static List<String> region(String file, String name) throws IOException {
    Path source = Path.of("src/main/java/dev/kith/examples").resolve(file);
    List<String> lines = Files.readAllLines(source);
    int start = indexOf(lines, "@start region=\"" + name + "\"", 0);
    int end = indexOf(lines, "@end", start);
    return lines.subList(start + 1, end).stream()
        .map(line -> line.isEmpty() ? line : line.substring(4))
        .toList();
  }

  private static int indexOf(List<String> lines, String text, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no line with " + text);
  }
}
