package dev.kith.examples.quickstart;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows how far a long step is: as a bar that fills where there is a terminal, else as a line every
 * few seconds.
 */
final class Progress {

  private static final int BAR_WIDTH = 30;
  private static final long BAR_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 4_000_000_000L;

  private final PrintStream out;
  private final boolean onTerminal;
  private final String step;
  private final int total;
  private final long start = System.nanoTime();
  private long lastShown = start;

  Progress(PrintStream out, boolean onTerminal, String step, int total) {
    this.out = out;
    this.onTerminal = onTerminal;
    this.step = step;
    this.total = total;
  }

  /** Tells whether a person looks at a terminal, as opposed to a file or a pipe. */
  static boolean hasTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Shows that this many are done, unless something was shown just before. */
  void show(int done) {
    long now = System.nanoTime();
    boolean last = done == total;
    if (!last && now - lastShown < (onTerminal ? BAR_NANOS : LINE_NANOS)) {
      return;
    }
    lastShown = now;
    double perSecond = done * 1e9 / Math.max(1, now - start);
    if (!onTerminal) {
      if (!last) {
        out.printf(Locale.ROOT, "  %-9s %d of %d, %.0f a second%n", step, done, total, perSecond);
      }
    } else if (last) {
      out.print("\r" + " ".repeat(78) + "\r");
    } else {
      int filled = (int) ((long) BAR_WIDTH * done / total);
      String bar = "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled);
      out.printf(
          Locale.ROOT, "\r  %-9s [%s] %d/%d  %.0f a second ", step, bar, done, total, perSecond);
    }
    out.flush();
  }
}
