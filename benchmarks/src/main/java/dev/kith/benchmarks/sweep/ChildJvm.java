package dev.kith.benchmarks.sweep;

import dev.kith.benchmarks.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM that is like this one but for its flags. */
final class ChildJvm {
  private ChildJvm() {}

  static List<String> command(List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    return command;
  }
}
