package dev.kith.benchmarks.sweep;

import static dev.kith.benchmarks.sweep.CurvePoints.point;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private record Named(String name, List<String> flags) implements Measured {
    @Override
    public List<String> command(Path csv) {
      throw new UnsupportedOperationException();
    }
  }

  /** A curve that goes through 0.90, 0.95 and 0.99. */
  private static List<CurvePoint> curve(String engine, double scale) {
    return List.of(
        point(engine, 10, 0.90, 4000 * scale),
        point(engine, 20, 0.95, 2000 * scale),
        point(engine, 40, 0.99, 1000 * scale));
  }

  private static List<CurvePoint> both(List<CurvePoint> a, List<CurvePoint> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private static String summary(
      String baseline, List<List<CurvePoint>> repeats, List<CurvePoint> added) {
    SweepOptions options = new SweepOptions();
    options.k = 10;
    options.buildThreads = 1;
    options.searchThreads = 1;
    options.repeats = repeats.size();
    options.baseline = baseline;
    TestSet set = new TestSet("set", Metric.L2, new float[9][4], new float[2][4], null);
    List<Measured> engines =
        List.of(new Named("base", List.of("-Da=b")), new Named("other", List.of()));
    return new Summary(options, set, engines, repeats, added).text();
  }

  private static String row(String text, String engine) {
    return text.lines().filter(line -> line.startsWith("| " + engine + " ")).findFirst().get();
  }

  @Test
  void aRatioIsTheMedianOfPairedRepeats() {
    // The machine is twice as fast in the second repeat, for both.
    String text =
        summary(
            "base",
            List.of(
                both(curve("base", 1), curve("other", 1.5)),
                both(curve("base", 2), curve("other", 2.0)),
                both(curve("base", 1), curve("other", 1.2))),
            List.of());
    assertThat(row(text, "other"))
        .isEqualTo(
            "| other | m=16 | 12.5 | 1.0 | 6,000 | 3,000 | 1,500 | 667"
                + " | 1.20 (1.00..1.50) | 1.20 (1.00..1.50) | 1.20 (1.00..1.50) |");
    assertThat(text).contains("Ratios are to base.").contains("- `-Da=b`: base\n");
  }

  @Test
  void theFirstEngineIsTheBaselineUnlessOneIsNamed() {
    List<List<CurvePoint>> repeats = List.of(both(curve("base", 1), curve("other", 2)));
    assertThat(row(summary(null, repeats, List.of()), "other")).endsWith("| 2.00 | 2.00 | 2.00 |");
    assertThat(row(summary("other", repeats, List.of()), "base"))
        .endsWith("| 0.50 | 0.50 | 0.50 |");
  }

  @Test
  void boundsAndGapsAreMarked() {
    List<CurvePoint> high = List.of(point("other", 10, 0.97, 500), point("other", 20, 0.98, 400));
    String row = row(summary(null, List.of(both(curve("base", 1), high)), List.of()), "other");
    assertThat(row)
        .isEqualTo(
            "| other | m=16 | 12.5 | 1.0 | >= 500 | >= 500 | - | >= 4,000"
                + " | 0.13 ? | 0.25 ? | - |");
  }

  @Test
  void curvesOfAnotherRunAreComparedByTheirMedians() {
    String text = summary(null, List.of(curve("base", 1), curve("base", 1)), curve("native", 0.5));
    assertThat(row(text, "native")).endsWith("| 0.50 | 0.50 | 0.50 |");
  }

  @Test
  void theSameResultsGiveTheSamePage() {
    List<List<CurvePoint>> repeats = List.of(both(curve("base", 1), curve("other", 2)));
    assertThat(summary(null, repeats, List.of())).isEqualTo(summary(null, repeats, List.of()));
  }
}
