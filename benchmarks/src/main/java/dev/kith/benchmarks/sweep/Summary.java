package dev.kith.benchmarks.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results as a page of Markdown, without a date, so that the same results give the same page.
 */
final class Summary {
  /** The recalls that are read off the curves. */
  static final double[] RECALLS = {0.90, 0.95, 0.99};

  private static final double LATENCY_RECALL = 0.95;

  private final SweepOptions options;
  private final TestSet set;
  private final List<Measured> engines;
  private final List<Map<CurvePoint.Key, Curve>> repeats = new ArrayList<>();
  private final Map<CurvePoint.Key, Curve> medians = new LinkedHashMap<>();

  Summary(
      SweepOptions options,
      TestSet set,
      List<Measured> engines,
      List<List<CurvePoint>> repeats,
      List<CurvePoint> added) {
    this.options = options;
    this.set = set;
    this.engines = engines;
    for (List<CurvePoint> repeat : repeats) {
      this.repeats.add(Curve.of(repeat));
    }
    medians.putAll(Curve.of(added));
    medians.putAll(Curve.of(Medians.over(repeats)));
  }

  String text() {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(set.name()).append("\n\n");
    facts(page);
    table(page);
    page.append(
        """

        QPS and latency are read off the upper envelope of the curve, logarithm linear in recall between
        the points on both sides; `>=` says that the cheapest setting has more recall than that, and `-`
        that none has as much. A ratio is the median over the repeats of the ratio within a repeat,
        behind it the least and the greatest; `?` marks one that rests on a `>=`. Size is that of the
        saved index with its vectors.
        """);
    return page.toString();
  }

  private void facts(StringBuilder page) {
    line(
        page,
        "%d x %d, %d queries, metric %s, k = %d",
        set.base().length,
        set.dimension(),
        set.queries().length,
        set.metric(),
        options.k);
    line(
        page,
        "build threads: %d, search threads: %d, repeats: %d%s",
        options.buildThreads,
        options.searchThreads,
        options.repeats,
        (options.buildOnce ? ", built once" : "") + (options.quick ? ", QUICK: a first look" : ""));
    Machine.commit().ifPresent(commit -> line(page, "commit %s", commit));
    line(page, "java %s, %s", Machine.java(), Machine.cpu());
    Map<List<String>, List<String>> byFlags = new LinkedHashMap<>();
    for (Measured engine : engines) {
      byFlags.computeIfAbsent(engine.flags(), flags -> new ArrayList<>()).add(engine.name());
    }
    byFlags.forEach(
        (flags, names) -> {
          if (!flags.isEmpty()) {
            line(page, "`%s`: %s", String.join(" ", flags), String.join(", ", names));
          }
        });
  }

  private void table(StringBuilder page) {
    Optional<CurvePoint.Key> baseline = baseline();
    String name = baseline.map(CurvePoint.Key::engine).orElse("none");
    page.append("\nRatios are to ").append(name).append(".\n\n");
    page.append("| engine | config | build s | MB");
    for (double recall : RECALLS) {
      page.append(String.format(Locale.ROOT, " | QPS @%.2f", recall));
    }
    page.append(String.format(Locale.ROOT, " | p99 us @%.2f", LATENCY_RECALL));
    for (double recall : RECALLS) {
      page.append(String.format(Locale.ROOT, " | ratio @%.2f", recall));
    }
    page.append(" |\n|---|---").append("|--:".repeat(3 + 2 * RECALLS.length)).append("|\n");
    medians.forEach((key, curve) -> row(page, key, curve, baseline));
  }

  private void row(
      StringBuilder page, CurvePoint.Key key, Curve curve, Optional<CurvePoint.Key> baseline) {
    CurvePoint any = curve.points().getFirst();
    page.append("| ").append(key.engine()).append(" | ").append(key.config());
    cell(page, String.format(Locale.ROOT, "%.1f", any.buildSeconds()));
    cell(page, String.format(Locale.ROOT, "%.1f", any.indexBytes() / 1e6));
    for (double recall : RECALLS) {
      cell(page, reading(curve.qps(recall)));
    }
    cell(page, reading(curve.p99(LATENCY_RECALL)));
    for (double recall : RECALLS) {
      cell(page, baseline.map(other -> ratio(key, other, recall)).orElse("-"));
    }
    page.append(" |\n");
  }

  /** Within each repeat that has both; for curves of another run, between the medians. */
  private String ratio(CurvePoint.Key key, CurvePoint.Key baseline, double recall) {
    List<Curve.Reading> ratios = new ArrayList<>();
    for (Map<CurvePoint.Key, Curve> repeat : repeats) {
      ratio(repeat.get(key), repeat.get(baseline), recall).ifPresent(ratios::add);
    }
    if (ratios.isEmpty()) {
      ratio(medians.get(key), medians.get(baseline), recall).ifPresent(ratios::add);
    }
    if (ratios.isEmpty()) {
      return "-";
    }
    double[] values = ratios.stream().mapToDouble(Curve.Reading::value).sorted().toArray();
    String text = String.format(Locale.ROOT, "%.2f", Medians.of(values));
    if (values.length > 1) {
      text += String.format(Locale.ROOT, " (%.2f..%.2f)", values[0], values[values.length - 1]);
    }
    return ratios.stream().anyMatch(Curve.Reading::bound) ? text + " ?" : text;
  }

  private static Optional<Curve.Reading> ratio(
      @Nullable Curve curve, @Nullable Curve baseline, double recall) {
    if (curve == null || baseline == null) {
      return Optional.empty();
    }
    return curve
        .qps(recall)
        .flatMap(
            own ->
                baseline
                    .qps(recall)
                    .map(
                        other ->
                            new Curve.Reading(
                                own.value() / other.value(), own.bound() || other.bound())));
  }

  private Optional<CurvePoint.Key> baseline() {
    String wanted = options.baseline;
    return medians.keySet().stream()
        .filter(
            key ->
                wanted != null
                    ? key.engine().equals(wanted)
                    : key.engine().equals(engines.getFirst().name()))
        .findFirst();
  }

  private static String reading(Optional<Curve.Reading> reading) {
    return reading
        .map(r -> (r.bound() ? ">= " : "") + String.format(Locale.ROOT, "%,.0f", r.value()))
        .orElse("-");
  }

  private static void cell(StringBuilder page, String text) {
    page.append(" | ").append(text);
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append("- ").append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
