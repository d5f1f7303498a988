package dev.kith.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands everything behind it to JMH. */
@Command(name = "jmh", description = "Runs JMH with the arguments that follow; -h lists them.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class JmhCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments;

  /** Makes the command; picocli sets its fields. */
  public JmhCommand() {}

  @Override
  public Integer call() throws Exception {
    org.openjdk.jmh.Main.main(arguments == null ? new String[0] : arguments.toArray(String[]::new));
    return 0;
  }
}
