package dev.kith.benchmarks.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.benchmarks.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole sweep, with its child processes. */
class SweepTest {
  @TempDir Path out;

  @Test
  void measuresTwoEnginesInJvmsOfTheirOwn() throws IOException {
    int code =
        Main.run(
            "sweep",
            "--dataset=synthetic:n=2000,d=16,seed=1",
            "--engines=kith-flat,kith-hnsw",
            "--efforts=10,200",
            "--repeat=1",
            "--quick",
            "--out=" + out);
    assertThat(code).isZero();

    Path curves = out.resolve("curves.csv");
    assertThat(Files.readAllLines(curves).getFirst())
        .isEqualTo(
            "dataset,engine,config,build_threads,build_s,index_bytes,effort,k,recall,qps,p50_us,p99_us");
    List<CurvePoint> points = CurveFile.read(curves);
    List<CurvePoint> flat = of(points, "kith-flat");
    assertThat(flat).hasSize(1);
    assertThat(flat.getFirst().recall()).isEqualTo(1.0);
    List<CurvePoint> hnsw = of(points, "kith-hnsw");
    assertThat(hnsw.getFirst().recall()).isBetween(0.5, 1.0);
    assertThat(hnsw.getLast().recall()).isGreaterThan(0.98);
    assertThat(points)
        .allSatisfy(
            point -> {
              assertThat(point.key().dataset()).isEqualTo("synthetic-n2000-d16-seed1");
              assertThat(point.k()).isEqualTo(10);
              assertThat(point.indexBytes()).isGreaterThan(2000 * 16 * 4);
              assertThat(point.buildSeconds()).isPositive();
              assertThat(point.qps()).isPositive();
              assertThat(point.p99()).isGreaterThanOrEqualTo(point.p50());
            });

    assertThat(Files.readString(out.resolve("summary.md")))
        .contains("| kith-flat | exact |")
        .contains("| kith-hnsw | m=16 efConstruction=200 |")
        .contains("--add-modules jdk.incubator.vector");
    assertThat(ImageIO.read(out.resolve("curves.png").toFile()).getWidth()).isEqualTo(1000);
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(points.size() + 1);
    assertThat(out.resolve("work")).as("indexes are removed").doesNotExist();
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.filter(file -> file.toString().endsWith(".ivecs")))
          .as("the exact answers are kept")
          .hasSize(1);
    }
  }

  private static List<CurvePoint> of(List<CurvePoint> points, String engine) {
    return points.stream().filter(point -> point.key().engine().equals(engine)).toList();
  }
}
