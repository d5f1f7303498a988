package dev.kith.benchmarks.sweep;

import static dev.kith.benchmarks.sweep.CurvePoints.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static Curve curve(CurvePoint... points) {
    return Curve.of(List.of(points)).values().iterator().next();
  }

  @Test
  void theLogarithmIsLinearBetweenPoints() {
    Curve curve = curve(point("a", 10, 0.90, 1000), point("a", 20, 0.96, 10));
    Curve.Reading half = curve.qps(0.93).orElseThrow();
    assertThat(half.value()).isCloseTo(100, within(1e-6));
    assertThat(half.bound()).isFalse();
    // p99 is 2e6 / qps in these points.
    assertThat(curve.p99(0.93).orElseThrow().value()).isCloseTo(20_000, within(1e-3));
  }

  @Test
  void aPointItselfIsExact() {
    Curve curve = curve(point("a", 10, 0.90, 1000), point("a", 20, 0.95, 10));
    assertThat(curve.qps(0.90)).contains(new Curve.Reading(1000, false));
    assertThat(curve.qps(0.95).orElseThrow().value()).isCloseTo(10, within(1e-9));
  }

  @Test
  void belowTheCheapestPointItIsABound() {
    Curve curve = curve(point("a", 10, 0.97, 1000), point("a", 20, 0.99, 10));
    assertThat(curve.qps(0.90)).contains(new Curve.Reading(1000, true));
  }

  @Test
  void aboveTheBestPointThereIsNothing() {
    Curve curve = curve(point("a", 10, 0.90, 1000), point("a", 20, 0.98, 10));
    assertThat(curve.qps(0.99)).isEmpty();
  }

  @Test
  void pointsThatAreBeatenDoNotCount() {
    Curve curve =
        curve(
            point("a", 10, 0.90, 1000),
            point("a", 12, 0.92, 50), // slower than the next, which finds more
            point("a", 20, 0.94, 100),
            point("a", 24, 0.94, 90));
    assertThat(curve.best()).extracting(CurvePoint::effort).containsExactly(10, 20);
    assertThat(curve.points()).hasSize(4);
  }

  @Test
  void curvesAreKeptApart() {
    var curves = Curve.of(List.of(point("b", 10, 0.9, 1), point("a", 10, 0.9, 1)));
    assertThat(curves.keySet()).extracting(CurvePoint.Key::engine).containsExactly("b", "a");
  }

  @Test
  void mediansAreOverRepeats() {
    List<CurvePoint> medians =
        Medians.over(
            List.of(
                List.of(point("a", 10, 0.9, 100)),
                List.of(point("a", 10, 0.9, 400), point("a", 20, 0.95, 7)),
                List.of(point("a", 10, 0.9, 300))));
    assertThat(medians).extracting(CurvePoint::effort).containsExactly(10, 20);
    assertThat(medians).extracting(CurvePoint::qps).containsExactly(300.0, 7.0);
  }
}
