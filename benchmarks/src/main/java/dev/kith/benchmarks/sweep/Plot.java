package dev.kith.benchmarks.sweep;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws queries a second, on a logarithmic axis, over recall. */
final class Plot {
  private static final double LEAST_RECALL = 0.8;

  private Plot() {}

  static void write(Path file, String title, int k, List<CurvePoint> points) throws IOException {
    // No window is ever opened.
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(700)
            .title(title)
            .xAxisTitle("recall@" + k)
            .yAxisTitle("queries a second")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
    chart.getStyler().setXAxisMax(1.0);
    chart.getStyler().setYAxisDecimalPattern("#,###");
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    Map<CurvePoint.Key, Curve> curves = Curve.of(points);
    boolean allHigh = curves.values().stream().anyMatch(c -> last(c) > LEAST_RECALL);
    curves.forEach(
        (key, curve) -> {
          List<CurvePoint> shown =
              curve.best().stream().filter(p -> !allHigh || p.recall() >= LEAST_RECALL).toList();
          if (!shown.isEmpty()) {
            boolean twice =
                curves.keySet().stream().filter(k2 -> k2.engine().equals(key.engine())).count() > 1;
            chart.addSeries(
                twice ? key.engine() + " " + key.config() : key.engine(),
                shown.stream().mapToDouble(CurvePoint::recall).toArray(),
                shown.stream().mapToDouble(CurvePoint::qps).toArray());
          }
        });
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }

  private static double last(Curve curve) {
    return curve.best().getLast().recall();
  }
}
