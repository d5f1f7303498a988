package dev.kith.benchmarks.compare;

import static dev.kith.benchmarks.sweep.CurvePoints.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void showsRatiosAndRecallChanges() {
    String text =
        new Comparison(
                List.of(
                    point("kith", 10, 0.90, 1000),
                    point("kith", 20, 0.95, 500),
                    point("kith", 40, 0.99, 100),
                    point("gone", 10, 0.9, 1)),
                List.of(
                    point("kith", 10, 0.90, 1500),
                    point("kith", 20, 0.96, 500),
                    point("kith", 40, 0.98, 100),
                    point("new", 10, 0.9, 1)))
            .text();
    assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "set, kith (m=16, 1 build threads)",
            "QPS @0.90 1,000 1,500 1.50",
            "QPS @0.99 100 - -",
            "recall at equal effort: 20: +0.0100, 40: -0.0100",
            "set, gone (m=16, 1 build threads): only in A",
            "set, new (m=16, 1 build threads): only in B");
  }

  @Test
  void equalCurvesAreUnchanged() {
    var curve = List.of(point("kith", 10, 0.97, 1000));
    assertThat(new Comparison(curve, curve).text())
        .contains("recall at equal effort: unchanged")
        .contains(">= 1,000");
  }
}
