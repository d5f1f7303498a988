package dev.kith.benchmarks.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.Metric;
import dev.kith.VectorSource;
import dev.kith.eval.ClusteredVectors;
import dev.kith.eval.Texmex;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSetsTest {
  private static final float[][] BASE = {{1, 0}, {0, 2}, {3, 4}};
  private static final float[][] QUERIES = {{0, 5}, {1, 1}};
  private static final int[][] TRUTH = {{1, 2, 0}, {2, 0, 1}};

  @TempDir Path folder;

  @Test
  void aSyntheticSpecHasThreeParts() {
    assertThat(SyntheticSpec.parse("synthetic:n=100000,d=128,seed=7"))
        .isEqualTo(new SyntheticSpec(100_000, 128, 7));
    assertThat(SyntheticSpec.parse("synthetic:d=128, n=100").seed()).isEqualTo(1);
  }

  @Test
  void syntheticVectorsAreThoseOfTheGenerator() throws IOException {
    TestSet set = TestSets.load("synthetic:n=50,d=8,seed=3", null, 20);
    ClusteredVectors made = ClusteredVectors.of(50, 8, 3);
    float[] row = new float[8];
    made.copy(19, row);
    assertThat(set.base()).hasNumberOfRows(20);
    assertThat(set.base()[19]).isEqualTo(row);
    assertThat(set.queries()[999]).isEqualTo(made.queries(1000)[999]);
    assertThat(set.metric()).isEqualTo(Metric.L2);
    assertThat(set.name()).isEqualTo("synthetic-n50-d8-seed3-first20");
  }

  @Test
  void readsAFolder() throws IOException {
    write("{\"name\": \"mine, small\", \"dim\": 2, \"metric\": \"euclidean\"}");
    TestSet set = TestSets.load(folder.toString(), null, 0);
    assertThat(set.name()).isEqualTo("mine; small");
    assertThat(set.metric()).isEqualTo(Metric.L2);
    assertThat(set.base()).isDeepEqualTo(BASE);
    assertThat(set.queries()).isDeepEqualTo(QUERIES);
    assertThat(set.truth()).isDeepEqualTo(TRUTH);
  }

  @Test
  void theShippedTruthIsOnlyThatOfTheWholeBase() throws IOException {
    write("{\"name\": \"mine\", \"metric\": \"euclidean\"}");
    TestSet part = TestSets.load(folder.toString(), null, 2);
    assertThat(part.truth()).isNull();
    assertThat(part.name()).isEqualTo("mine-first2");
    TestSet whole = TestSets.load(folder.toString(), null, 3);
    assertThat(whole.truth()).isNotNull();
    assertThat(whole.name()).isEqualTo("mine");
    assertThat(Truths.suffice(part, 3)).isFalse();
    assertThat(Truths.suffice(whole, 3)).isTrue();
    assertThat(Truths.suffice(whole, 10)).as("no more vectors exist").isTrue();
  }

  @Test
  void anotherBaseOfTheSameNameHasItsOwnTruthFile() throws IOException {
    write("{\"name\": \"mine\", \"metric\": \"euclidean\"}");
    Path before = Truths.file(folder, TestSets.load(folder.toString(), null, 2), 1);
    Texmex.writeFvecs(
        folder.resolve("base.fvecs"), VectorSource.of(new float[][] {{1, 0}, {0, 9}, {3, 4}}), 2);
    assertThat(Truths.file(folder, TestSets.load(folder.toString(), null, 2), 1))
        .isNotEqualTo(before);
  }

  @Test
  void theCommandLineKnowsTheMetricBetter() throws IOException {
    write("{\"metric\": \"euclidean\"}");
    assertThat(TestSets.load(folder.toString(), Metric.INNER_PRODUCT, 0).metric())
        .isEqualTo(Metric.INNER_PRODUCT);
  }

  @Test
  void angularVectorsAreScaledToLengthOne() throws IOException {
    write("{\"metric\": \"angular\"}");
    TestSet set = TestSets.load(folder.toString(), null, 0);
    assertThat(set.base()[0]).containsExactly(1, 0);
    assertThat(set.base()[2][0]).isCloseTo(0.6f, within(1e-6f));
    assertThat(set.queries()[0]).containsExactly(0, 1);
  }

  @Test
  void whatIsWrittenForOthersIsRead() throws IOException {
    TestSet set = new TestSet("mine", Metric.L2, BASE, QUERIES, TRUTH);
    TexmexFolder.write(folder.resolve("written"), set);
    TestSet read = TestSets.load(folder.resolve("written").toString(), null, 0);
    assertThat(read.name()).isEqualTo("mine");
    assertThat(read.base()).isDeepEqualTo(BASE);
    assertThat(read.truth()).isDeepEqualTo(TRUTH);
  }

  @Test
  void readsAFileOfAnnBenchmarks() throws IOException {
    Path file = folder.resolve("mine-2-euclidean.hdf5");
    try (WritableHdfFile out = HdfFile.write(file)) {
      out.putDataset("train", BASE);
      out.putDataset("test", QUERIES);
      out.putDataset("neighbors", TRUTH);
      out.putAttribute("distance", "euclidean");
    }
    TestSet set = TestSets.load(file.toString(), null, 0);
    assertThat(set.name()).isEqualTo("mine-2-euclidean");
    assertThat(set.metric()).isEqualTo(Metric.L2);
    assertThat(set.base()).isDeepEqualTo(BASE);
    assertThat(set.queries()).isDeepEqualTo(QUERIES);
    assertThat(set.truth()).isDeepEqualTo(TRUTH);
    TestSet part = TestSets.load(file.toString(), null, 2);
    assertThat(part.base()).isDeepEqualTo(new float[][] {BASE[0], BASE[1]});
    assertThat(part.truth()).isNull();
  }

  private void write(String meta) throws IOException {
    Texmex.writeFvecs(folder.resolve("base.fvecs"), VectorSource.of(BASE), 2);
    Texmex.writeFvecs(folder.resolve("query.fvecs"), VectorSource.of(QUERIES), 2);
    Texmex.writeIvecs(folder.resolve("groundtruth.ivecs"), TRUTH);
    Files.writeString(folder.resolve("meta.json"), meta);
  }
}
