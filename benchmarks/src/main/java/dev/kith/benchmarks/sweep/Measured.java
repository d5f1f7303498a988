package dev.kith.benchmarks.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Something with a name that a process of its own measures. */
interface Measured {
  /** What results call it. */
  String name();

  /** Flags worth telling. */
  List<String> flags();

  /**
   * The command that measures it.
   *
   * @param csv where the points are to go
   */
  List<String> command(Path csv);

  /**
   * Runs the command.
   *
   * @param log where its standard error goes
   * @param told is given what it says on standard output, line by line
   * @return the points, renamed to the test set
   * @throws EngineFailure if it fails
   */
  default List<CurvePoint> run(Path csv, Path log, Consumer<String> told) throws IOException {
    Process process =
        new ProcessBuilder(command(csv))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    // An interrupted sweep leaves no engine behind.
    Thread killer = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      try (var lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          told.accept(line);
        }
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new EngineFailure(name() + ": exit code " + code + ", see " + log);
      }
      return CurveFile.read(csv);
    } catch (InterruptedException e) {
      throw new IOException("interrupted while " + name() + " was measured", e);
    } finally {
      process.destroy();
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  /** The process did not do its work. */
  final class EngineFailure extends IOException {
    private static final long serialVersionUID = 1;

    EngineFailure(String message) {
      super(message);
    }
  }
}
