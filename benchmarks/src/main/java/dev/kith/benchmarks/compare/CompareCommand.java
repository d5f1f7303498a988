package dev.kith.benchmarks.compare;

import dev.kith.benchmarks.sweep.CurveFile;
import dev.kith.benchmarks.sweep.CurvePoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two files of curves. */
@Command(name = "compare", description = "Shows what changed between two sweeps.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A.csv", description = "curves.csv of the earlier sweep")
  private Path before;

  @Parameters(index = "1", paramLabel = "B.csv", description = "curves.csv of the later sweep")
  private Path after;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this and exits")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  /** Makes the command; picocli sets its fields. */
  public CompareCommand() {}

  @Override
  public Integer call() throws IOException {
    List<CurvePoint> a = CurveFile.read(before);
    List<CurvePoint> b = CurveFile.read(after);
    PrintWriter out = spec.commandLine().getOut();
    out.print(new Comparison(a, b).text());
    out.flush();
    return 0;
  }
}
