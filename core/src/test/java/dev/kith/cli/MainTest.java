package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.cli.CommandLine.Result;
import dev.kith.flat.FlatIndex;
import dev.kith.internal.storage.SmallIndex;
import dev.kith.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on sound indexes, and what they say about wrong arguments. */
class MainTest {
  @TempDir private Path folder;

  private Path save(FlatIndex index) throws IOException {
    Path directory = folder.resolve("index");
    try (index) {
      index.save(directory);
    }
    return directory;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "check", "check a b", "info", "export a", "export a b.bin", "export a /", "x"})
  void wrongArgumentsAreAnsweredByOneLine(String words) {
    Result result = CommandLine.run((Object[]) words.split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().toList())
        .singleElement()
        .asString()
        .contains("usage: check DIR | info DIR | export DIR OUT.fvecs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "info", "export"})
  void whatIsNoIndexIsSaidToBeNone(String command) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path none : List.of(folder, folder.resolve("missing"), file)) {
      Result result =
          command.equals("export")
              ? CommandLine.run(command, none, folder.resolve("out.fvecs"))
              : CommandLine.run(command, none);
      assertThat(result.exitCode()).as("%s", none).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines().toList()).singleElement().asString().contains("" + none);
    }
    assertThat(folder.resolve("out.fvecs")).doesNotExist();
  }

  @Test
  void aSoundIndexIsChecked() throws IOException {
    for (Metric metric : Metric.values()) {
      Path directory = save(SmallIndex.make(9, metric, 500, 1));
      Result result = CommandLine.run("check", directory);
      assertThat(result.exitCode()).as(result.out()).isZero();
      assertThat(result.out())
          .contains("checksum of every byte matches")
          .contains("searched for 200 of 500 vectors with default parameters: recall@10 1.000")
          .doesNotContain("PROBLEM")
          .endsWith(directory + ": sound\n");
      assertThat(result.out().contains("found 1.000")).isEqualTo(metric != Metric.INNER_PRODUCT);
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void anEmptyIndexIsCheckedDescribedAndExported() throws IOException {
    Path directory = save(FlatIndex.create(3, Metric.COSINE));
    assertThat(CommandLine.run("check", directory).exitCode()).isZero();
    assertThat(CommandLine.run("info", directory).lines()).contains("vectors     0");
    Path out = folder.resolve("out.fvecs");
    Result result = CommandLine.run("export", directory, out);
    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(CommandLine.exported(out)).isEmpty();
  }

  @Test
  void anIndexIsDescribed() throws IOException {
    Path directory = save(SmallIndex.make(9, Metric.COSINE, 500, 1));
    long bytes = Files.size(directory.resolve("flat-1.kith"));
    Result result = CommandLine.run("info", directory);
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .containsExactly(
            "type        flat",
            "generation  1",
            "bytes       " + String.format("%,d", bytes),
            "",
            "file        flat-1.kith",
            "bytes       " + String.format("%,d", bytes),
            "section 1   16",
            "section 2   4,000",
            "section 3   2,000",
            "section 4   32,000",
            "section 5   4,000",
            "",
            "spec        Flat",
            "dimension   9",
            "metric      COSINE",
            "vectors     500");
  }

  @Test
  void anIndexIsExported() throws IOException {
    FlatIndex index = SmallIndex.make(9, Metric.COSINE, 500, 1);
    index.save(folder.resolve("index"));
    Path out = folder.resolve("out.fvecs");
    Result result = CommandLine.run("export", folder.resolve("index"), out);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("500 rows to " + out + " and ");
    assertThat(CommandLine.exported(out)).isEqualTo(SalvageTest.content(index));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> "" + file.getFileName()))
          .containsExactlyInAnyOrder("index", "out.fvecs", "out.ids");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theClassRunsOnTheClassPathAndOnTheModulePath(boolean modular) throws Exception {
    Path directory = save(SmallIndex.make(9, Metric.L2, 50, 1));
    String library = ChildJvm.home(VectorIndex.class).toString();
    List<String> start =
        modular
            ? List.of("-p", library, "-m", "dev.kith.core/dev.kith.cli.Main")
            : List.of("-cp", library, "dev.kith.cli.Main");
    List<String> check = Stream.concat(start.stream(), Stream.of("check", "" + directory)).toList();
    ChildJvm.Outcome outcome = ChildJvm.run(check).succeeded();
    assertThat(outcome.out()).last().asString().endsWith(": sound");
    assertThat(ChildJvm.run(start).exitCode()).isEqualTo(2);
  }
}
