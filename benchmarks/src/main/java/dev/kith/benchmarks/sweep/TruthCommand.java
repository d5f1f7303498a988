package dev.kith.benchmarks.sweep;

import dev.kith.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Computes exact answers in this JVM. A sweep starts it, to have it with the flag for SIMD. */
@Command(name = "truth", hidden = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TruthCommand implements Callable<Integer> {
  @Option(names = "--dataset", required = true)
  private String dataset;

  @Option(names = "--metric", required = true)
  private Metric metric;

  @Option(names = "--limit")
  private int limit;

  @Option(names = "--k", required = true)
  private int k;

  @Option(names = "--out", required = true)
  private Path out;

  /** Makes the command; picocli sets its fields. */
  public TruthCommand() {}

  @Override
  public Integer call() throws IOException {
    Truths.compute(TestSets.load(dataset, metric, limit), k, out, System.err);
    return 0;
  }
}
