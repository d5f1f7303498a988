package dev.kith.support;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs Java programs in JVMs of their own, with the JDK that runs the tests. */
public final class ChildJvm {
  private static final int LIMIT_SECONDS = 120;

  private ChildJvm() {}

  /** What a program left behind. */
  public record Outcome(int exitCode, List<String> out, List<String> err) {
    /** The same, for a program that must have succeeded. */
    public Outcome succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + this);
      }
      return this;
    }
  }

  /** Runs {@code java} with some arguments until it ends; it is killed after two minutes. */
  public static Outcome run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Path out = Files.createTempFile("kith-child", ".out");
    Path err = Files.createTempFile("kith-child", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("not finished after " + LIMIT_SECONDS + " s: " + command);
        }
      } finally {
        process.destroyForcibly();
      }
      return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Runs the main method of a test class on the class path. */
  public static Outcome run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.add("-cp");
    all.add(classPath(main, dev.kith.VectorIndex.class));
    all.add(main.getName());
    all.addAll(List.of(arguments));
    return run(all);
  }

  /** The folders or jars that classes come from. */
  public static String classPath(Class<?>... classes) {
    return Arrays.stream(classes)
        .map(type -> home(type).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The folder or jar that a class comes from. */
  public static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
