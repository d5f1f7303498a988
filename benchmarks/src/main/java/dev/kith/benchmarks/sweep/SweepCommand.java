package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import dev.kith.benchmarks.UsageException;
import dev.kith.benchmarks.engines.Engines;
import dev.kith.eval.Texmex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures recall against queries a second. */
@Command(
    name = "sweep",
    description = "Measures engines over a range of search effort, each in a JVM of its own.",
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SweepCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this and exits")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  /** Makes the command; picocli sets its fields. */
  public SweepCommand() {}

  @Override
  public Integer call() throws IOException {
    List<Engines> engines = engines();
    checkNumbers();
    if (options.nativeProgram != null && !Files.isExecutable(options.nativeProgram)) {
      throw new UsageException("--native: no such executable: " + options.nativeProgram);
    }
    List<CurvePoint> added = new ArrayList<>();
    for (Path file : options.added) {
      added.addAll(CurveFile.read(file));
    }
    Metric metric = options.metric();
    TestSet set = TestSets.load(options.dataset, metric, options.limit);
    Path folder = options.out;
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out: " + folder + " is not a folder");
    }
    Files.createDirectories(folder);
    boolean shipped = Truths.suffice(set, options.k);
    Path truth = shipped ? null : truth(set);
    TestSet complete = truth == null ? set : set.withTruth(Texmex.readIvecs(truth));
    List<Measured> all = new ArrayList<>();
    Path work = folder.resolve("work");
    for (Engines kind : engines) {
      all.add(new JavaEngine(kind, options, set.metric(), truth, work.resolve(kind.name())));
    }
    if (options.nativeProgram != null) {
      Path data = Path.of(options.dataset);
      if (!shipped || !Files.isDirectory(data)) {
        data = folder.resolve("dataset");
        TexmexFolder.write(data, complete);
      }
      for (String library : options.nativeEngines) {
        all.add(
            new NativeEngine(options.nativeProgram, library, options, data, work.resolve(library)));
      }
    }
    return new Sweep(options, complete, all, added, System.err).run();
  }

  /** Exact answers that are kept from an earlier run, or computed in a JVM with SIMD. */
  private Path truth(TestSet set) throws IOException {
    Path file = Truths.file(options.out, set, options.k);
    if (Files.exists(file)) {
      System.err.println("exact answers: reused from " + file);
      return file;
    }
    List<String> arguments =
        List.of(
            "truth",
            "--dataset=" + options.dataset,
            "--metric=" + set.metric(),
            "--limit=" + options.limit,
            "--k=" + options.k,
            "--out=" + file);
    Process process =
        new ProcessBuilder(ChildJvm.command(Engines.COMMON_FLAGS, arguments)).inheritIO().start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("the exact answers could not be computed: exit code " + code);
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted while the exact answers were computed", e);
    } finally {
      process.destroy();
    }
    return file;
  }

  private List<Engines> engines() {
    List<String> names = options.engines.equals(List.of("all")) ? Engines.names() : options.engines;
    List<Engines> engines = new ArrayList<>();
    for (String name : names) {
      Engines engine =
          Engines.find(name)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--engines: "
                              + name
                              + " is unknown, expected some of "
                              + String.join(", ", Engines.names())));
      if (!engines.contains(engine)) {
        engines.add(engine);
      }
    }
    return engines;
  }

  private void checkNumbers() {
    checkAtLeastOne("--k", options.k);
    checkAtLeastOne("--build-threads", options.buildThreads);
    checkAtLeastOne("--search-threads", options.searchThreads);
    checkAtLeastOne("--repeat", options.repeats);
    if (options.limit < 0) {
      throw new UsageException("--limit: " + options.limit + ", expected at least 1");
    }
    for (int effort : options.efforts) {
      checkAtLeastOne("--efforts", effort);
    }
  }

  private static void checkAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException(option + ": " + value + ", expected at least 1");
    }
  }
}
