package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import dev.kith.benchmarks.UsageException;
import dev.kith.benchmarks.engines.Engine;
import dev.kith.benchmarks.engines.Engines;
import dev.kith.benchmarks.engines.Folders;
import dev.kith.benchmarks.engines.Searcher;
import dev.kith.eval.Texmex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures one engine in this JVM. A sweep starts it; its standard output is for the sweep: {@code
 * built SECONDS}, then {@code point EFFORT RECALL QPS} for each effort.
 */
@Command(name = "measure", hidden = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class MeasureCommand implements Callable<Integer> {
  /** No graph gains from more effort. */
  private static final double ENOUGH = 0.999;

  @Option(names = "--engine", required = true)
  private String engine;

  @Option(names = "--dataset", required = true)
  private String dataset;

  @Option(names = "--metric", required = true)
  private Metric metric;

  @Option(names = "--limit")
  private int limit;

  @Option(names = "--truth")
  private @Nullable Path truth;

  @Option(names = "--k", required = true)
  private int k;

  @Option(names = "--efforts", required = true, split = ",")
  private int[] efforts;

  @Option(names = "--build-threads", required = true)
  private int buildThreads;

  @Option(names = "--search-threads", required = true)
  private int searchThreads;

  @Option(names = "--work", required = true)
  private Path work;

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--keep")
  private boolean keep;

  @Option(names = "--out", required = true)
  private Path out;

  /** Makes the command; picocli sets its fields. */
  public MeasureCommand() {}

  @Override
  public Integer call() throws IOException {
    Engines kind =
        Engines.find(engine).orElseThrow(() -> new UsageException("--engine: " + engine));
    TestSet set = TestSets.load(dataset, metric, limit);
    if (truth != null) {
      set = set.withTruth(Texmex.readIvecs(truth));
    }
    try (Engine made = kind.factory().get()) {
      Built built = build(made, set);
      say("built %.2f", built.seconds());
      CurveFile.write(out, curve(made, set, built));
    }
    if (!keep) {
      Folders.remove(work);
    }
    return 0;
  }

  /** What is known of an index that was built in this or an earlier JVM. */
  private record Built(double seconds, long bytes) {}

  private Built build(Engine made, TestSet set) throws IOException {
    Path note = work.resolve("built");
    if (Files.exists(note) && made.load(set.vectors(), work)) {
      String[] known = Files.readString(note).strip().split(" ", -1);
      return new Built(Double.parseDouble(known[0]), Long.parseLong(known[1]));
    }
    Folders.remove(work);
    Files.createDirectories(work);
    long start = System.nanoTime();
    made.build(set.vectors(), buildThreads, work);
    double seconds = (System.nanoTime() - start) / 1e9;
    Built built = new Built(seconds, made.save(work));
    Files.writeString(note, built.seconds() + " " + built.bytes() + "\n");
    return built;
  }

  private List<CurvePoint> curve(Engine made, TestSet set, Built built) throws IOException {
    List<Searcher> searchers = new ArrayList<>();
    for (int i = 0; i < searchThreads; i++) {
      searchers.add(made.searcher());
    }
    int[][] answers = Objects.requireNonNull(set.truth(), "no exact answers");
    Stopwatch stopwatch =
        new Stopwatch(searchers, set.queries(), answers, k, quick ? Pace.QUICK : Pace.FULL);
    CurvePoint.Key key = new CurvePoint.Key(set.name(), engine, made.config(), buildThreads);
    int[] all =
        made.exact()
            ? new int[] {k}
            : IntStream.of(efforts).map(effort -> Math.max(k, effort)).distinct().toArray();
    List<CurvePoint> points = new ArrayList<>();
    made.effort(all[0]);
    stopwatch.start(all[0]);
    for (int effort : all) {
      made.effort(effort);
      Stopwatch.Timing timing = stopwatch.time(effort);
      points.add(
          new CurvePoint(
              key,
              built.seconds(),
              built.bytes(),
              effort,
              k,
              timing.recall(),
              timing.qps(),
              timing.p50(),
              timing.p99()));
      say("point %d %.4f %.0f", effort, timing.recall(), timing.qps());
      if (timing.recall() >= ENOUGH) {
        break;
      }
    }
    return points;
  }

  @SuppressWarnings("SystemOut") // the sweep reads it
  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
