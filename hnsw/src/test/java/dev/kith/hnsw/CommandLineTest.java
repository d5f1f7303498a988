package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import dev.kith.cli.CommandLine;
import dev.kith.cli.CommandLine.Result;
import dev.kith.internal.storage.TamperedIndex;
import dev.kith.support.ChildJvm;
import dev.kith.testkit.TestVectors;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line understands graphs as soon as their module is there. */
class CommandLineTest {
  private static final int ROWS = 600;
  private static final int M = 4;
  private static final int LINKS = 7;
  private static final int ENTRY = 24;

  @TempDir private Path folder;

  private static MutableVectorIndex graph() {
    HnswConfig config = HnswConfig.builder(12, Metric.L2).m(M).seed(7).build();
    MutableVectorIndex index = HnswIndex.create(config);
    index.addAll(
        VectorSource.of(TestVectors.gaussian(ROWS, 12, 1)), BulkOptions.defaults().threads(2));
    return index;
  }

  @Test
  void aSoundGraphIsCheckedDescribedAndExported() throws IOException {
    Path directory = folder.resolve("index");
    Path out = folder.resolve("out.fvecs");
    try (VectorIndex index = graph()) {
      index.save(directory);
      Result check = CommandLine.run("check", directory);
      assertThat(check.exitCode()).as(check.out()).isZero();
      assertThat(check.out()).contains("every vector is reachable").contains("recall@10 ");

      Result info = CommandLine.run("info", directory);
      assertThat(info.exitCode()).isZero();
      assertThat(info.lines())
          .contains("type        hnsw", "spec        HNSW4,seed=7", "section 7   19,200");

      assertThat(CommandLine.run("export", directory, out).exitCode()).isZero();
      Map<Long, List<Float>> exported = CommandLine.exported(out);
      assertThat(exported).hasSize(ROWS);
      for (long id : index.ids()) {
        float[] vector = index.vector(id);
        for (int i = 0; i < vector.length; i++) {
          assertThat(exported.get(id).get(i)).isEqualTo(vector[i]);
        }
      }
    }
  }

  /** Every byte may be right and every vector within reach, and searches still find nothing. */
  @Test
  void aGraphWhoseLinksLeadAwayIsFoundOutByTheProbe() throws IOException {
    try (VectorIndex index = graph()) {
      TamperedIndex stored = new TamperedIndex(index);
      ByteBuffer file = stored.copy("hnsw-1.kith");
      int links = (int) file.getLong(64 + (LINKS - 1) * ENTRY + 8);
      for (int row = 0; row < ROWS; row++) {
        for (int slot = 0; slot < 2 * M; slot++) {
          file.putInt(links + 4 * (2 * M * row + slot), slot == 0 ? (row + 1) % ROWS : -1);
        }
      }
      stored.putData("hnsw-1.kith", file);
      stored.run(
          () -> {
            Result check = CommandLine.run("check", TamperedIndex.DIRECTORY);
            assertThat(check.out()).contains("every vector is reachable").contains("PROBLEM: mean");
            assertThat(check.exitCode()).isEqualTo(1);
          });
    }
  }

  @Test
  void aGraphWithDamagedLinksLosesNoVector() throws IOException {
    Path out = folder.resolve("out.fvecs");
    try (VectorIndex index = graph()) {
      TamperedIndex stored = new TamperedIndex(index);
      ByteBuffer file = stored.copy("hnsw-1.kith");
      int links = (int) file.getLong(64 + (LINKS - 1) * ENTRY + 8);
      Arrays.fill(file.array(), links, links + 1_000, (byte) 99);
      stored.put("hnsw-1.kith", file);
      stored.run(
          () -> {
            assertThat(CommandLine.run("check", TamperedIndex.DIRECTORY).exitCode()).isEqualTo(1);
            Result export = CommandLine.run("export", TamperedIndex.DIRECTORY, out);
            assertThat(export.exitCode()).isEqualTo(1);
            assertThat(export.out()).contains("PROBLEM").contains("600 rows to ");
          });
      assertThat(CommandLine.exported(out)).hasSize(ROWS);
    }
  }

  /** On the module path nothing has to name the module; on the class path it must be there. */
  @Test
  void theTypeIsFoundWhereItsModuleIs() throws Exception {
    Path directory = folder.resolve("index");
    try (VectorIndex index = graph()) {
      index.save(directory);
    }
    String core = ChildJvm.home(VectorIndex.class).toString();
    String both = core + File.pathSeparator + ChildJvm.home(HnswIndex.class);
    String main = "dev.kith.cli.Main";
    for (List<String> start :
        List.of(List.of("-cp", both, main), List.of("-p", both, "-m", "dev.kith.core/" + main))) {
      assertThat(run(start, "check", directory).succeeded().out())
          .last()
          .asString()
          .contains(": sound");
    }
    ChildJvm.Outcome alone = run(List.of("-cp", core, main), "check", directory);
    assertThat(alone.exitCode()).isEqualTo(1);
    assertThat(alone.err()).anyMatch(line -> line.contains("dev.kith:kith-hnsw"));
  }

  private static ChildJvm.Outcome run(List<String> start, String command, Path directory)
      throws Exception {
    List<String> all = new ArrayList<>(start);
    all.addAll(List.of(command, directory.toString()));
    return ChildJvm.run(all);
  }
}
