package dev.kith.examples.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** Prints the quickstart's few kinds of lines, aligned. */
final class Screen {

  private final PrintStream out;

  Screen(PrintStream out) {
    this.out = out;
  }

  /** Prints what the following lines are about, set off by empty lines. */
  void heading(String text) {
    out.printf("%n%s%n%n", text);
  }

  /** Prints one indented line. */
  void line(String text) {
    out.println(("  " + text).stripTrailing());
  }

  /** Prints what a step achieved and how long it took. */
  void step(String name, String achieved, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    line(String.format(Locale.ROOT, "%-9s %-52s %5.1f s", name, achieved, seconds));
  }

  /** Prints what a question found. */
  void answer(float similarity, String title, String excerpt) {
    line(String.format(Locale.ROOT, "%.3f  %s", similarity, title));
    line("       " + excerpt);
  }

  /** Starts to show how far a step is. */
  Progress progress(String step, int total) {
    return new Progress(out, Progress.hasTerminal(), step, total);
  }
}
