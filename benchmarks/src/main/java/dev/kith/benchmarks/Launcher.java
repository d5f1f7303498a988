package dev.kith.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Starts the command line where java is new enough. Compiled for Java 8, so that an older java can
 * load this class and say what is needed.
 */
public final class Launcher {
  private static final int NEEDED = 25;

  private Launcher() {}

  /**
   * Checks the version, then calls {@code Main}.
   *
   * @param args passed on
   * @throws ReflectiveOperationException if the jar is incomplete
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    String version = System.getProperty("java.specification.version");
    if (feature(version) < NEEDED) {
      System.err.println("benchmarks: needs java " + NEEDED + " or newer, found java " + version);
      System.exit(2);
    }
    Method main = Class.forName("dev.kith.benchmarks.Main").getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    }
  }

  /** Up to Java 8 versions begin with 1. */
  private static int feature(String version) {
    String last = version.startsWith("1.") ? version.substring(2) : version;
    return Integer.parseInt(last);
  }
}
