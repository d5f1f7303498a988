package dev.kith.benchmarks.sweep;

import static dev.kith.benchmarks.sweep.CurvePoints.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.benchmarks.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveFileTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    List<CurvePoint> points = List.of(point("a", 10, 0.9125, 1250), point("b", 20, 1, 0.5));
    Path file = folder.resolve("curves.csv");
    CurveFile.write(file, points);
    assertThat(CurveFile.read(file)).isEqualTo(points);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "dataset,engine,config,build_threads,build_s,index_bytes,effort,k,recall,qps,p50_us,p99_us",
            "set,a,m=16,1,12.500,1000000,10,10,0.912500,1250.0,800.00,1600.00",
            "set,b,m=16,1,12.500,1000000,20,10,1.000000,0.5,2000000.00,4000000.00");
  }

  @Test
  void runsHaveTheRepeatInFront() throws IOException {
    Path file = folder.resolve("runs.csv");
    CurveFile.writeRuns(
        file, List.of(List.of(point("a", 10, 0.9, 100)), List.of(point("a", 10, 0.9, 50))));
    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            header -> assertThat(header).isEqualTo("repeat," + CurveFile.HEADER),
            first -> assertThat(first).startsWith("1,set,a,"),
            second -> assertThat(second).startsWith("2,set,a,"));
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    Path file = folder.resolve("curves.csv");
    String good = "set,a,m=16,1,12.5,1000,10,10,0.9,1250,800,1600";
    Files.write(file, List.of(CurveFile.HEADER, good, "set,a"));
    assertThatThrownBy(() -> CurveFile.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 3 has 2 columns, expected 12");
    Files.write(file, List.of(CurveFile.HEADER, good.replace("0.9", "high")));
    assertThatThrownBy(() -> CurveFile.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("high");
  }
}
