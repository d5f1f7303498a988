package dev.kith.cli;

import dev.kith.CheckReport;
import dev.kith.InsufficientMemoryException;
import dev.kith.OpenOptions;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Verifies an index: every byte, the structure, and that searches find what is stored. */
final class CheckCommand {
  private final PrintStream out;

  CheckCommand(PrintStream out) {
    this.out = out;
  }

  int run(Path directory) throws IOException {
    CheckReport report = VectorIndexes.check(directory);
    report.findings().forEach(finding -> out.println("ok: " + finding));
    if (!report.ok()) {
      report.problems().forEach(problem -> out.println("PROBLEM: " + problem));
      out.println(directory + ": damaged");
      return Main.WRONG;
    }
    RecallProbe probe = probe(directory);
    out.println("ok: " + probe.finding());
    List<String> problems = probe.problems();
    problems.forEach(problem -> out.println("PROBLEM: " + problem));
    out.println(directory + (problems.isEmpty() ? ": sound" : ": searches miss what is stored"));
    return problems.isEmpty() ? Main.FINE : Main.WRONG;
  }

  private static RecallProbe probe(Path directory) throws IOException {
    try (VectorIndex index = open(directory)) {
      return RecallProbe.of(index);
    }
  }

  /**
   * The bytes have just been verified, so an index that is too large for the heap may be mapped.
   */
  private static VectorIndex open(Path directory) throws IOException {
    try {
      return VectorIndexes.open(directory);
    } catch (InsufficientMemoryException e) {
      return VectorIndexes.open(directory, OpenOptions.mapped());
    }
  }
}
