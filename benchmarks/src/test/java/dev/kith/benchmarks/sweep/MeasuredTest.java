package dev.kith.benchmarks.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.benchmarks.engines.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredTest {
  @TempDir Path folder;

  /** A JVM that fails at once stands for an engine that crashes. */
  private record Failing() implements Measured {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<String> flags() {
      return List.of();
    }

    @Override
    public List<String> command(Path csv) {
      return ChildJvm.command(List.of(), List.of("measure", "--engine=unheard-of"));
    }
  }

  @Test
  void aFailureNamesTheEngineAndItsLog() throws IOException {
    Path log = folder.resolve("log");
    assertThatThrownBy(() -> new Failing().run(folder.resolve("csv"), log, line -> {}))
        .isInstanceOf(Measured.EngineFailure.class)
        .hasMessageContaining("failing: exit code 2")
        .hasMessageContaining(log.toString());
    assertThat(Files.readString(log)).isNotBlank();
  }

  @Test
  void aSecondJvmOpensWhatTheFirstBuilt() throws IOException {
    SweepOptions options = new SweepOptions();
    options.dataset = "synthetic:n=500,d=8";
    options.k = 10;
    options.buildThreads = 1;
    options.searchThreads = 1;
    options.efforts = List.of(500);
    options.buildOnce = true;
    options.quick = true;
    Path truth = folder.resolve("truth.ivecs");
    TestSet set = TestSets.load(options.dataset, null, 0);
    Truths.compute(set, 10, truth, System.err);
    Engines kind = Engines.find("kith-hnsw").orElseThrow();
    JavaEngine engine = new JavaEngine(kind, options, set.metric(), truth, folder.resolve("work"));

    List<CurvePoint> built = run(engine);
    Path index = folder.resolve("work").resolve("kith");
    var before = Files.getLastModifiedTime(index);
    List<CurvePoint> opened = run(engine);

    assertThat(Files.getLastModifiedTime(index)).as("not saved again").isEqualTo(before);
    assertThat(opened.getFirst().recall()).isEqualTo(built.getFirst().recall()).isEqualTo(1.0);
    assertThat(opened.getFirst().buildSeconds()).isEqualTo(built.getFirst().buildSeconds());
    assertThat(opened.getFirst().indexBytes()).isEqualTo(built.getFirst().indexBytes());
  }

  private List<CurvePoint> run(JavaEngine engine) throws IOException {
    List<String> told = new ArrayList<>();
    List<CurvePoint> points =
        engine.run(folder.resolve("points.csv"), folder.resolve("log"), told::add);
    assertThat(told).anyMatch(line -> line.startsWith("built "));
    assertThat(told).anyMatch(line -> line.startsWith("point 500 1.0000 "));
    return points;
  }
}
