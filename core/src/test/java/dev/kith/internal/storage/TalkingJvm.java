package dev.kith.internal.storage;

import dev.kith.VectorIndex;
import dev.kith.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM that takes a line and answers with a line. */
final class TalkingJvm implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;
  private static final String SILENCE = "(ended)";

  private final Process process;
  private final PrintStream lines;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /** Starts a main class; the others are classes of the modules that it needs besides core. */
  TalkingJvm(Class<?> main, List<Class<?>> others, String... arguments) throws IOException {
    List<Class<?>> classes = new ArrayList<>(others);
    classes.addAll(List.of(main, VectorIndex.class, TalkingJvm.class));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xmx128m", "-cp"));
    command.add(ChildJvm.classPath(classes.toArray(Class<?>[]::new)));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    lines = new PrintStream(process.getOutputStream(), true);
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      // killed: what it says no longer matters
    }
    answers.add(SILENCE);
  }

  void say(String line) {
    lines.println(line);
  }

  /** The next answer. */
  String hear() throws InterruptedException {
    String answer = next();
    if (answer.equals(SILENCE)) {
      answers.add(SILENCE);
      throw new AssertionError("the process has ended");
    }
    return answer;
  }

  private String next() throws InterruptedException {
    String answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no answer within " + LIMIT_SECONDS + " s");
    }
    return answer;
  }

  String ask(String line) throws InterruptedException {
    say(line);
    return hear();
  }

  /**
   * Kills the process, and returns when it has ended.
   *
   * @return what it had still said
   */
  List<String> kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    List<String> lastWords = new ArrayList<>();
    for (String word = next(); !word.equals(SILENCE); word = next()) {
      lastWords.add(word);
    }
    return lastWords;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
