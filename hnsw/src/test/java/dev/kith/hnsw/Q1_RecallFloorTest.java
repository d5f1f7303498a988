package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.eval.ClusteredVectors;
import dev.kith.eval.Dataset;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Recall;
import dev.kith.eval.Texmex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Q1: recall@10 per data set and parameters is the one written down in {@code
 * baselines/recall.csv}. The same input gives the same index everywhere, so a difference either way
 * is a change of the algorithm: explain it, then write the new figure down.
 *
 * <p>{@code -Dkith.data=DIRECTORY} adds the real data sets, in folders named as in the file.
 */
class Q1_RecallFloorTest {
  private static final String BASELINE = "/baselines/recall.csv";
  private static final double TOLERANCE = 0.005;
  private static final int QUERIES = 1_000;

  /** What an index is built of and with. */
  private record Build(String dataset, int m, int efConstruction) {}

  /** One line of the baseline. */
  private record Expected(int efSearch, double recall) {}

  private static Map<Build, List<Expected>> baseline() throws IOException {
    Map<Build, List<Expected>> builds = new LinkedHashMap<>();
    try (InputStream in = Q1_RecallFloorTest.class.getResourceAsStream(BASELINE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().skip(1).toList()) {
        String[] field = line.split(",", -1);
        builds
            .computeIfAbsent(
                new Build(field[0], Integer.parseInt(field[1]), Integer.parseInt(field[2])),
                build -> new ArrayList<>())
            .add(new Expected(Integer.parseInt(field[3]), Double.parseDouble(field[4])));
      }
    }
    return builds;
  }

  private static Dataset dataset(String name) throws IOException {
    return switch (name) {
      case "clustered-10000x32-l2" -> clustered(name, Metric.L2);
      case "clustered-10000x32-cosine" -> clustered(name, Metric.COSINE);
      case "clustered-10000x32-inner-product" -> clustered(name, Metric.INNER_PRODUCT);
      default -> real(name);
    };
  }

  private static Dataset clustered(String name, Metric metric) {
    ClusteredVectors base = ClusteredVectors.of(10_000, 32, 1);
    return Dataset.of(name, metric, base, base.queries(QUERIES), 10, BulkOptions.defaults());
  }

  private static Dataset real(String name) throws IOException {
    String data = System.getProperty("kith.data");
    assumeTrue(data != null, "-Dkith.data is not set");
    Path folder = Path.of(data, name);
    GroundTruth truth = GroundTruth.of(Texmex.readIvecs(folder.resolve("groundtruth.ivecs")));
    return name.endsWith("-angular")
        ? new Dataset(
            name,
            Metric.COSINE,
            Texmex.readFvecs(folder.resolve("base.fvecs")),
            Texmex.readFvecs(folder.resolve("query.fvecs")).toArrays(),
            truth)
        : new Dataset(
            name,
            Metric.L2,
            Texmex.readBvecs(folder.resolve("base.bvecs")),
            Texmex.readBvecs(folder.resolve("query.bvecs")).toArrays(),
            truth);
  }

  private static void assertRecall(Build build, List<Expected> expected) throws IOException {
    Dataset data = dataset(build.dataset);
    HnswConfig config =
        HnswConfig.builder(data.dimension(), data.metric())
            .m(build.m)
            .efConstruction(build.efConstruction)
            .build();
    SoftAssertions all = new SoftAssertions();
    try (MutableVectorIndex index = ReliabilityRig.holding(config, data.base())) {
      for (Expected line : expected) {
        Recall recall =
            Recall.at(
                10,
                data.truth(),
                ReliabilityRig.search(
                    index, ReliabilityRig.requests(data.queries(), 10, line.efSearch, null)));
        all.assertThat(recall.mean())
            .as("recall@10 of %s at efSearch %s", build, line.efSearch)
            .isCloseTo(line.recall, within(TOLERANCE));
      }
    }
    all.assertAll();
  }

  @TestFactory
  Stream<DynamicTest> recallIsThatOfTheBaseline() throws IOException {
    return baseline().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().toString(),
                    () -> assertRecall(entry.getKey(), entry.getValue())));
  }

  /** What the library promises for its real data sets, whatever the baseline says. */
  @Test
  void theBaselineKeepsTheFloors() throws IOException {
    assertThat(baselineRecall("fashion-mnist-784-euclidean", 64)).isGreaterThanOrEqualTo(0.98);
    assertThat(baselineRecall("minilm-384-angular", 100)).isGreaterThanOrEqualTo(0.97);
  }

  private static double baselineRecall(String dataset, int efSearch) throws IOException {
    return baseline().get(new Build(dataset, 16, 200)).stream()
        .filter(line -> line.efSearch == efSearch)
        .mapToDouble(Expected::recall)
        .findFirst()
        .orElseThrow();
  }
}
