package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kith.VectorSource;
import dev.kith.eval.Texmex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller gets wrong is one clear line on standard error and exit code 2. */
class CommandLineTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeFiles() throws IOException {
    dataset("wrong-queries", 4, 5);
    dataset("no-metric", 4, 4);
    dataset("wrong-meta", 4, 4);
    Files.writeString(
        folder.resolve("wrong-meta/meta.json"), "{\"dim\": 7, \"metric\": \"euclidean\"}");
    dataset("odd-metric", 4, 4);
    Files.writeString(folder.resolve("odd-metric/meta.json"), "{\"metric\": \"hamming\"}");
    dataset("broken-meta", 4, 4);
    Files.writeString(folder.resolve("broken-meta/meta.json"), "{metric");
    dataset("cut", 4, 4);
    Files.write(folder.resolve("cut/base.fvecs"), new byte[] {4, 0, 0, 0, 1});
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("not.hdf5"), "text");
    Files.writeString(folder.resolve("text.txt"), "text");
    Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
  }

  private static void dataset(String name, int dimension, int queryDimension) throws IOException {
    Path set = Files.createDirectory(folder.resolve(name));
    Texmex.writeFvecs(
        set.resolve("base.fvecs"), VectorSource.of(new float[3][dimension]), dimension);
    Texmex.writeFvecs(
        set.resolve("query.fvecs"), VectorSource.of(new float[2][queryDimension]), queryDimension);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("unknown engine: faiss", sweep("synthetic:n=10,d=4", "faiss"), "faiss"),
        mistake("no engine", List.of("sweep", "--dataset=synthetic:n=10,d=4"), "--engines"),
        mistake("missing file", sweep("nowhere", "kith-flat"), "no such file or folder: nowhere"),
        mistake("not a dataset", sweep("text.txt", "kith-flat"), "text.txt, expected a folder"),
        mistake("not HDF5", sweep("not.hdf5", "kith-flat"), "not.hdf5"),
        mistake("empty folder", sweep("empty", "kith-flat"), "neither base.fvecs nor base.bvecs"),
        mistake("truncated", sweep("cut", "kith-flat", "--metric=l2"), "base.fvecs"),
        mistake(
            "dimension of queries",
            sweep("wrong-queries", "kith-flat", "--metric=l2"),
            "queries of dimension 5, but vectors of dimension 4"),
        mistake("dimension of meta.json", sweep("wrong-meta", "kith-flat"), "dimension 7"),
        mistake("no metric", sweep("no-metric", "kith-flat"), "--metric: missing"),
        mistake(
            "unknown metric",
            sweep("no-metric", "kith-flat", "--metric=hamming"),
            "--metric: hamming, expected euclidean"),
        mistake("unknown metric in meta.json", sweep("odd-metric", "kith-flat"), "hamming"),
        mistake("broken meta.json", sweep("broken-meta", "kith-flat"), "meta.json"),
        mistake(
            "zero under cosine", sweep("no-metric", "kith-flat", "--metric=angular"), "no cosine"),
        mistake("synthetic without n", sweep("synthetic:d=4", "kith-flat"), "synthetic:n=ROWS"),
        mistake("synthetic of text", sweep("synthetic:n=x,d=4", "kith-flat"), "synthetic:n=ROWS"),
        mistake("synthetic twice", sweep("synthetic:n=9,n=9,d=4", "kith-flat"), "synthetic:n="),
        mistake("synthetic too wide", sweep("synthetic:n=9,d=99999", "kith-flat"), "1 to 65536"),
        mistake("k", sweep("synthetic:n=9,d=4", "kith-flat", "--k=0"), "--k: 0"),
        mistake("k of text", sweep("synthetic:n=9,d=4", "kith-flat", "--k=ten"), "--k"),
        mistake("limit", sweep("synthetic:n=9,d=4", "kith-flat", "--limit=-1"), "--limit: -1"),
        mistake(
            "efforts", sweep("synthetic:n=9,d=4", "kith-flat", "--efforts=10,0"), "--efforts: 0"),
        mistake(
            "native", sweep("synthetic:n=9,d=4", "kith-flat", "--native=nowhere"), "--native: no"),
        mistake(
            "added curves",
            sweep("synthetic:n=9,d=4", "kith-flat", "--add=nowhere.csv"),
            "no such file: nowhere.csv"),
        mistake("unknown option", sweep("synthetic:n=9,d=4", "kith-flat", "--fast"), "--fast"),
        mistake("compare one", List.of("compare", "other.csv"), "B.csv"),
        mistake("compare nothing", List.of("compare", "a.csv", "b.csv"), "no such file: a.csv"),
        mistake("compare other files", List.of("compare", "other.csv", "other.csv"), "the header"),
        mistake("no command", List.of(), "jmh, sweep or compare"),
        mistake("unknown command", List.of("race"), "race"));
  }

  private static Arguments mistake(String name, List<String> arguments, String said) {
    return argumentSet(name, arguments, said);
  }

  private static List<String> sweep(String dataset, String engines, String... more) {
    return Stream.concat(
            Stream.of("sweep", "--dataset=" + dataset, "--engines=" + engines, "--out=out"),
            Stream.of(more))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysItInOneLine(List<String> arguments, String said) {
    String[] inFolder = arguments.stream().map(CommandLineTest::inFolder).toArray(String[]::new);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    int code;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      code = Main.run(inFolder);
    } finally {
      System.setErr(before);
    }
    String text = bytes.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    assertThat(text.lines()).hasSize(1).first().asString().contains(said);
    assertThat(code).isEqualTo(2);
  }

  /** Names of files are those of the temporary folder. */
  private static String inFolder(String argument) {
    int equals = argument.indexOf('=');
    String option = equals < 0 ? "" : argument.substring(0, equals + 1);
    String value = argument.substring(equals + 1);
    boolean file = List.of("--dataset=", "--out=", "--native=", "--add=").contains(option);
    boolean named = value.endsWith(".csv") || (file && !value.startsWith("synthetic:"));
    return named ? option + folder.resolve(value) : argument;
  }

  /** The class file version of Java 8, so that an older java can load it and say what it needs. */
  @Test
  void theLauncherLoadsUnderAnOlderJava() throws IOException {
    try (var in = Launcher.class.getResourceAsStream("Launcher.class")) {
      byte[] head = in.readNBytes(8);
      assertThat(head[7]).isEqualTo((byte) 52);
    }
  }
}
