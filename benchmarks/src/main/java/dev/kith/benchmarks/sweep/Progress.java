package dev.kith.benchmarks.sweep;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far a long step is: a bar where a person looks at a terminal, else a line now and then. */
final class Progress implements AutoCloseable {
  private static final long LINE_NANOS = 5_000_000_000L;

  private final String task;
  private final long total;
  private final PrintStream err;
  private final @Nullable ProgressBar bar;
  private long lastLine = System.nanoTime();

  private Progress(String task, long total, PrintStream err, @Nullable ProgressBar bar) {
    this.task = task;
    this.total = total;
    this.err = err;
    this.bar = bar;
  }

  static Progress start(String task, long total, PrintStream err) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    ProgressBar bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build()
            : null;
    return new Progress(task, total, err, bar);
  }

  /** So much is done; what is going on is told when there is room. */
  synchronized void to(long done, String message) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(message);
      return;
    }
    long now = System.nanoTime();
    if (!message.isEmpty() || now - lastLine > LINE_NANOS) {
      lastLine = now;
      err.println(task + " " + done + "/" + total + (message.isEmpty() ? "" : ": " + message));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
