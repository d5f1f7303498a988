package dev.kith.benchmarks.sweep;

import dev.kith.benchmarks.engines.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Measures engines in turn, as often as there are repeats: A, B, C, A, B, C. So what slows the
 * machine down for a while meets them alike, and ratios are taken within a repeat.
 */
final class Sweep {
  private final SweepOptions options;
  private final TestSet set;
  private final List<Measured> engines;
  private final List<CurvePoint> added;
  private final PrintStream err;
  private final Set<String> failed = new LinkedHashSet<>();

  Sweep(
      SweepOptions options,
      TestSet set,
      List<Measured> engines,
      List<CurvePoint> added,
      PrintStream err) {
    this.options = options;
    this.set = set;
    this.engines = engines;
    this.added = added;
    this.err = err;
  }

  /** Runs all and writes the results; returns the exit code. */
  int run() throws IOException {
    Path out = options.out;
    Path work = out.resolve("work");
    Folders.remove(work);
    Files.createDirectories(work);
    List<List<CurvePoint>> repeats = new ArrayList<>();
    int total = options.repeats * engines.size();
    try (Progress progress = Progress.start("sweep", total, err)) {
      for (int repeat = 0; repeat < options.repeats; repeat++) {
        List<CurvePoint> points = new ArrayList<>();
        repeats.add(points);
        for (int i = 0; i < engines.size(); i++) {
          points.addAll(measure(engines.get(i), repeat, repeat * engines.size() + i, progress));
          // After each engine, so that an interrupted sweep leaves what it has.
          CurveFile.writeRuns(out.resolve("runs.csv"), repeats);
        }
      }
    }
    Folders.remove(work);
    List<CurvePoint> curves = new ArrayList<>(Medians.over(repeats));
    curves.addAll(added);
    CurveFile.write(out.resolve("curves.csv"), curves);
    Files.writeString(
        out.resolve("summary.md"), new Summary(options, set, engines, repeats, added).text());
    if (!curves.isEmpty()) {
      Plot.write(out.resolve("curves.png"), set.name(), options.k, curves);
    }
    err.println("results: " + out.resolve("summary.md"));
    if (!failed.isEmpty()) {
      err.println("sweep: failed: " + String.join(", ", failed));
      return 1;
    }
    return 0;
  }

  private List<CurvePoint> measure(Measured engine, int repeat, int done, Progress progress)
      throws IOException {
    String name = engine.name();
    Path logs = Files.createDirectories(options.out.resolve("logs"));
    String file = name + "-" + (repeat + 1);
    Path log = logs.resolve(file + ".log");
    Files.deleteIfExists(log);
    Path csv = options.out.resolve("work").resolve(file + ".csv");
    progress.to(done, name);
    try {
      return engine.run(csv, log, line -> progress.to(done, name + " " + line)).stream()
          .map(this::renamed)
          .toList();
    } catch (Measured.EngineFailure e) {
      err.println("sweep: " + e.getMessage());
      failed.add(name);
      return List.of();
    }
  }

  /** A program outside may call the test set otherwise. */
  private CurvePoint renamed(CurvePoint p) {
    CurvePoint.Key key =
        new CurvePoint.Key(set.name(), p.key().engine(), p.key().config(), p.key().buildThreads());
    return new CurvePoint(
        key,
        p.buildSeconds(),
        p.indexBytes(),
        p.effort(),
        p.k(),
        p.recall(),
        p.qps(),
        p.p50(),
        p.p99());
  }
}
