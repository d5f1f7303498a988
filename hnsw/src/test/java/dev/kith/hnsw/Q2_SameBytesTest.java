package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.eval.PackedVectors;
import dev.kith.eval.Texmex;
import dev.kith.testkit.TestVectors;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Q2: the same calls with the same seed give the same files, byte for byte, with any number of
 * threads, any width of SIMD, and with or without compilation. Within one addition the order of the
 * rows does not matter, only ids and vectors; the order of calls does.
 */
class Q2_SameBytesTest {
  private static final int DIMENSION = 37; // no multiple of a vector register
  private static final int ROWS = ReliabilityRig.LONG ? 20_000 : 3_000;
  private static final int CHILD_LIMIT_SECONDS = 120;

  @TempDir private Path folder;
  private int saved;

  private static MutableVectorIndex empty(Metric metric, long seed) {
    return HnswIndex.create(
        HnswConfig.builder(DIMENSION, metric).efConstruction(100).seed(seed).build());
  }

  /** Saves an index in a new directory and returns name and digest of every file. */
  private String bytes(VectorIndex index) throws IOException {
    Path directory = folder.resolve("saved" + saved++);
    index.save(directory);
    return digests(directory);
  }

  private static String digests(Path directory) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
        files.put(path.getFileName().toString(), HexFormat.of().formatHex(digest));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return files.toString();
  }

  private String built(Metric metric, long seed, VectorSource source, BulkOptions options)
      throws IOException {
    return built(empty(metric, seed), source, options);
  }

  private String built(MutableVectorIndex empty, VectorSource source, BulkOptions options)
      throws IOException {
    try (MutableVectorIndex index = empty) {
      index.addAll(source, options);
      return bytes(index);
    }
  }

  @ParameterizedTest
  @EnumSource
  void buildsWithAnyNumberOfThreadsAreTheSame(Metric metric) throws IOException {
    VectorSource rows = VectorSource.of(TestVectors.clustered(ROWS, DIMENSION, 50, 41));
    String one = built(metric, 1, rows, BulkOptions.defaults().threads(1));
    assertThat(built(metric, 1, rows, BulkOptions.defaults().threads(2))).isEqualTo(one);
    assertThat(built(metric, 1, rows, BulkOptions.defaults().threads(8))).isEqualTo(one);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      BulkOptions lent = BulkOptions.defaults().threads(3).executor(executor);
      assertThat(built(metric, 1, rows, lent)).isEqualTo(one);
    }
  }

  @Test
  void anotherSeedAndAnotherMetricGiveOtherFiles() throws IOException {
    VectorSource rows = VectorSource.of(TestVectors.clustered(500, DIMENSION, 10, 42));
    BulkOptions options = BulkOptions.defaults().threads(2);
    String bytes = built(Metric.L2, 1, rows, options);
    assertThat(built(Metric.L2, 2, rows, options)).isNotEqualTo(bytes);
    assertThat(built(Metric.COSINE, 1, rows, options)).isNotEqualTo(bytes);
  }

  /** Additions of both kinds, replacements and removals. */
  private static void changes(MutableVectorIndex index, int rows, int threads) {
    BulkOptions options = BulkOptions.defaults().threads(threads);
    float[][] vectors = TestVectors.clustered(2 * rows, DIMENSION, 20, 43);
    long[] shuffled = TestVectors.shuffledIds(rows, 44);
    index.addAll(VectorSource.of(Arrays.copyOf(vectors, rows * 3 / 5)), options);
    for (int i = rows * 3 / 5; i < rows * 4 / 5; i++) {
      index.add(i, vectors[i]);
    }
    for (int i = 0; i < rows / 2; i++) {
      if (i % 2 == 0) {
        index.remove(shuffled[i]);
      } else {
        index.add(shuffled[i], vectors[rows + i]);
      }
    }
    long[] ids = LongStream.range(rows / 2, rows).toArray();
    float[][] others = Arrays.copyOfRange(vectors, rows + rows / 2, 2 * rows);
    index.addAll(VectorSource.of(ids, others), options);
    for (int i = 0; i < rows / 8; i++) {
      index.remove(shuffled[rows - 1 - i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replacementsAndRemovalsAmongAdditionsWithAnyNumberOfThreadsAreTheSame(Metric metric)
      throws IOException {
    String expected = null;
    for (int threads : new int[] {1, 2, 8}) {
      try (MutableVectorIndex index = empty(metric, 3)) {
        changes(index, ROWS / 2, threads);
        String bytes = bytes(index);
        expected = expected == null ? bytes : expected;
        assertThat(bytes).as("%s threads", threads).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {45, 46})
  void theOrderOfTheRowsInOneAdditionDoesNotMatter(long seed) throws IOException {
    float[][] rows = TestVectors.clustered(ROWS / 2, DIMENSION, 20, seed);
    long[] shuffled = TestVectors.shuffledIds(rows.length, seed);
    float[][] shuffledRows = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      shuffledRows[i] = rows[(int) shuffled[i]];
    }
    BulkOptions options = BulkOptions.defaults().threads(2);
    assertThat(built(Metric.L2, 1, VectorSource.of(shuffled, shuffledRows), options))
        .isEqualTo(built(Metric.L2, 1, VectorSource.of(rows), options));
  }

  @Test
  void otherIdsForTheSameVectorsGiveAnotherGraph() throws IOException {
    float[][] rows = TestVectors.clustered(500, DIMENSION, 20, 47);
    long[] ids = LongStream.range(1, rows.length + 1).toArray();
    BulkOptions options = BulkOptions.defaults().threads(2);
    assertThat(built(Metric.L2, 1, VectorSource.of(ids, rows), options))
        .isNotEqualTo(built(Metric.L2, 1, VectorSource.of(rows), options));
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "3, 0", "0, 1"})
  void codesDependOnNeitherOrderNorEarlierRows(int rowBits, int codeBits) throws IOException {
    float[][] rows = TestVectors.clustered(1_000, DIMENSION, 20, 49);
    long[] ids = LongStream.range(0, rows.length).map(id -> id % 600).toArray();
    long[] lastIds = LongStream.range(0, 600).map(i -> (i + 200) % 600).toArray();
    float[][] lastRows = new float[600][];
    Arrays.setAll(
        lastRows, i -> rows[lastIds[i] < 400 ? (int) lastIds[i] + 600 : (int) lastIds[i]]);
    HnswConfig config =
        HnswConfig.builder(DIMENSION, Metric.L2).rowBits(rowBits).codeBits(codeBits).build();
    BulkOptions options = BulkOptions.defaults().threads(2);
    assertThat(built(HnswIndex.create(config), VectorSource.of(ids, rows), options))
        .isEqualTo(built(HnswIndex.create(config), VectorSource.of(lastIds, lastRows), options));
  }

  @Test
  void earlierRowsOfARepeatedIdLeaveNoTrace() throws IOException {
    float[][] rows = TestVectors.clustered(1_000, DIMENSION, 20, 48);
    long[] ids = LongStream.range(0, rows.length).map(id -> id % 600).toArray();
    long[] lastIds = LongStream.range(0, 600).map(i -> (i + 400) % 600).toArray();
    float[][] lastRows = Arrays.copyOfRange(rows, 400, 1_000);
    BulkOptions options = BulkOptions.defaults().threads(2);
    assertThat(built(Metric.L2, 1, VectorSource.of(ids, rows), options))
        .isEqualTo(built(Metric.L2, 1, VectorSource.of(lastIds, lastRows), options));
  }

  @Test
  void aStoredIndexIsSavedAsTheSameFiles() throws IOException {
    try (MutableVectorIndex index = empty(Metric.COSINE, 5)) {
      changes(index, 800, 2);
      String bytes = bytes(index);
      assertThat(bytes(index)).as("saved once more").isEqualTo(bytes);
      try (VectorIndex stored = VectorIndexes.open(folder.resolve("saved0"))) {
        assertThat(bytes(stored)).as("opened and saved").isEqualTo(bytes);
      }
    }
  }

  /** What a JVM of its own runs: some changes, saved below the directory that it is given. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      for (Metric metric : Metric.values()) {
        try (MutableVectorIndex index = empty(metric, 7)) {
          changes(index, 500, 2);
          index.save(Path.of(arguments[0], metric.name()));
        }
      }
    }
  }

  @Test
  void jvmsWithAndWithoutVectorRegistersOfAnyWidthAndWithoutCompilationWriteTheSame()
      throws Exception {
    String vectors = "--add-modules=jdk.incubator.vector";
    List<List<String>> options =
        List.of(
            List.of(),
            List.of("-Xint"),
            List.of(vectors, "-XX:MaxVectorSize=16"),
            List.of(vectors, "-XX:MaxVectorSize=32"),
            List.of(vectors, "-XX:MaxVectorSize=64"),
            List.of(vectors, "-XX:TieredStopAtLevel=1"));
    List<String> expected = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      try (MutableVectorIndex index = empty(metric, 7)) {
        changes(index, 500, 1);
        expected.add(bytes(index));
      }
    }
    for (List<String> option : options) {
      Path directory = Files.createDirectory(folder.resolve("jvm" + options.indexOf(option)));
      run(option, directory);
      for (Metric metric : Metric.values()) {
        assertThat(digests(directory.resolve(metric.name())))
            .as("%s with %s", metric, option)
            .isEqualTo(expected.get(metric.ordinal()));
      }
    }
  }

  private static void run(List<String> options, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Xshare:auto", "-cp", classPath(), Program.class.getName()));
    command.add(directory.toString());
    Path output = directory.resolveSibling(directory.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(CHILD_LIMIT_SECONDS, TimeUnit.SECONDS)).as("%s", command).isTrue();
      assertThat(process.exitValue()).as(() -> text(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String classPath() {
    Collection<Class<?>> needed =
        List.of(Program.class, HnswIndex.class, VectorIndex.class, TestVectors.class);
    return needed.stream()
        .map(Q2_SameBytesTest::home)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sixty thousand real vectors, many rounds of many tasks: what small data may not show. */
  @Test
  @EnabledIfSystemProperty(named = "kith.data", matches = ".+")
  void realDataGivesTheSameFilesWithAnyNumberOfThreads() throws IOException {
    Path data = Path.of(System.getProperty("kith.data"), "fashion-mnist-784-euclidean");
    PackedVectors base = Texmex.readBvecs(data.resolve("base.bvecs"));
    List<String> files = new ArrayList<>();
    for (int threads : new int[] {1, 2, 8}) {
      HnswConfig config = HnswConfig.builder(base.dimension(), Metric.L2).build();
      try (MutableVectorIndex index = HnswIndex.create(config)) {
        index.addAll(base, BulkOptions.defaults().threads(threads));
        files.add(bytes(index));
      }
    }
    assertThat(files.get(1)).isEqualTo(files.get(0));
    assertThat(files.get(2)).isEqualTo(files.get(0));
  }
}
