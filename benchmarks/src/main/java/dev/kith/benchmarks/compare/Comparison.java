package dev.kith.benchmarks.compare;

import dev.kith.benchmarks.sweep.Curve;
import dev.kith.benchmarks.sweep.CurvePoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Two sets of curves side by side. */
final class Comparison {
  private static final double[] RECALLS = {0.90, 0.95, 0.99};

  private final Map<CurvePoint.Key, Curve> before;
  private final Map<CurvePoint.Key, Curve> after;

  Comparison(List<CurvePoint> before, List<CurvePoint> after) {
    this.before = Curve.of(before);
    this.after = Curve.of(after);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    before.forEach(
        (key, old) -> {
          Curve now = after.get(key);
          if (now != null) {
            title(text, key, "");
            table(text, old, now);
          } else {
            title(text, key, ": only in A");
          }
        });
    after.forEach(
        (key, curve) -> {
          if (!before.containsKey(key)) {
            title(text, key, ": only in B");
          }
        });
    return text.toString();
  }

  private static void title(StringBuilder text, CurvePoint.Key key, String rest) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s (%s, %d build threads)%s%n",
            key.dataset(),
            key.engine(),
            key.config(),
            key.buildThreads(),
            rest));
  }

  private static void table(StringBuilder text, Curve old, Curve now) {
    CurvePoint a = old.points().getFirst();
    CurvePoint b = now.points().getFirst();
    line(text, "", "A", "B", "B / A");
    numbers(text, "build s", "%.1f", a.buildSeconds(), b.buildSeconds());
    numbers(text, "MB", "%.1f", a.indexBytes() / 1e6, b.indexBytes() / 1e6);
    for (double recall : RECALLS) {
      Optional<Curve.Reading> x = old.qps(recall);
      Optional<Curve.Reading> y = now.qps(recall);
      String ratio =
          x.isPresent() && y.isPresent()
              ? String.format(Locale.ROOT, "%.2f", y.get().value() / x.get().value())
              : "-";
      line(text, String.format(Locale.ROOT, "QPS @%.2f", recall), reading(x), reading(y), ratio);
    }
    recallChanges(text, old, now);
    text.append(System.lineSeparator());
  }

  private static void recallChanges(StringBuilder text, Curve old, Curve now) {
    Map<Integer, Double> byEffort = new LinkedHashMap<>();
    old.points().forEach(point -> byEffort.put(point.effort(), point.recall()));
    List<String> changes = new ArrayList<>();
    for (CurvePoint point : now.points()) {
      Double was = byEffort.get(point.effort());
      String change = was == null ? "" : String.format(Locale.ROOT, "%+.4f", point.recall() - was);
      if (was != null && !change.equals("+0.0000") && !change.equals("-0.0000")) {
        changes.add(point.effort() + ": " + change);
      }
    }
    text.append("  recall at equal effort: ")
        .append(changes.isEmpty() ? "unchanged" : String.join(", ", changes))
        .append(System.lineSeparator());
  }

  private static String reading(Optional<Curve.Reading> reading) {
    return reading
        .map(r -> (r.bound() ? ">= " : "") + String.format(Locale.ROOT, "%,.0f", r.value()))
        .orElse("-");
  }

  private static void numbers(StringBuilder text, String what, String format, double a, double b) {
    line(
        text,
        what,
        String.format(Locale.ROOT, format, a),
        String.format(Locale.ROOT, format, b),
        String.format(Locale.ROOT, "%.2f", b / a));
  }

  private static void line(StringBuilder text, String what, String a, String b, String ratio) {
    text.append(String.format(Locale.ROOT, "  %-10s %12s %12s %8s%n", what, a, b, ratio));
  }
}
