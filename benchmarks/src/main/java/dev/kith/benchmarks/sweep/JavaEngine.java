package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import dev.kith.benchmarks.engines.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine in a JVM of its own, with its flags.
 *
 * @param kind the engine
 * @param options of the sweep
 * @param metric of the test set
 * @param truth answers that did not come with the data; null when they did
 * @param work a folder of its own
 */
record JavaEngine(
    Engines kind, SweepOptions options, Metric metric, @Nullable Path truth, Path work)
    implements Measured {
  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public List<String> flags() {
    List<String> flags = new ArrayList<>(kind.allFlags());
    flags.addAll(options.jvmArgs);
    return flags;
  }

  @Override
  public List<String> command(Path csv) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "measure",
                "--engine=" + kind.name(),
                "--dataset=" + options.dataset,
                "--metric=" + metric,
                "--limit=" + options.limit,
                "--k=" + options.k,
                "--efforts=" + options.effortList(),
                "--build-threads=" + options.buildThreads,
                "--search-threads=" + options.searchThreads,
                "--work=" + work,
                "--out=" + csv));
    if (truth != null) {
      arguments.add("--truth=" + truth);
    }
    if (options.quick) {
      arguments.add("--quick");
    }
    if (options.buildOnce) {
      arguments.add("--keep");
    }
    return ChildJvm.command(flags(), arguments);
  }
}
