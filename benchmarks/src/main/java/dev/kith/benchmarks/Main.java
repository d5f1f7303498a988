package dev.kith.benchmarks;

import dev.kith.benchmarks.compare.CompareCommand;
import dev.kith.benchmarks.jmh.JmhCommand;
import dev.kith.benchmarks.sweep.MeasureCommand;
import dev.kith.benchmarks.sweep.SweepCommand;
import dev.kith.benchmarks.sweep.TruthCommand;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of the jar. */
@Command(
    name = "benchmarks",
    description = "Measures Kith and its peers.",
    subcommands = {
      JmhCommand.class,
      SweepCommand.class,
      CompareCommand.class,
      MeasureCommand.class,
      TruthCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this and exits")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  /** Makes the command; picocli sets its fields. */
  @SuppressWarnings("NullAway.Init")
  public Main() {}

  /**
   * Runs a command and ends the JVM with its exit code: 2 for what the caller got wrong, 1 for what
   * failed.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @return its exit code
   */
  public static int run(String... args) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::fail)
        .execute(args);
  }

  private static int refuse(ParameterException e, String[] args) {
    return oneLine(e.getCommandLine(), e.getMessage());
  }

  private static int fail(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof UsageException) {
      return oneLine(command, e.getMessage());
    }
    PrintWriter err = command.getErr();
    e.printStackTrace(err);
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int oneLine(CommandLine command, @Nullable String message) {
    PrintWriter err = command.getErr();
    String line = String.valueOf(message).lines().findFirst().orElse("");
    err.println(command.getCommandName() + ": " + line);
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: jmh, sweep or compare (try --help)");
  }
}
