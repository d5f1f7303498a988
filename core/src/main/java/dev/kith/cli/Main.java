package dev.kith.cli;

import dev.kith.CorruptIndexException;
import dev.kith.UnsupportedFormatVersionException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Looks at a saved index from the command line: {@code check}, {@code info} and {@code export}.
 *
 * <p>The index types are those on the class path or module path. Exit code 0: all is well; 1:
 * something is wrong with the index, or it cannot be read; 2: the arguments are wrong.
 */
public final class Main {
  static final int FINE = 0;
  static final int WRONG = 1;
  static final int USAGE = 2;

  private static final String SYNTAX =
      "usage: check DIR | info DIR | export DIR OUT.fvecs (see docs/cli.md)";

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param arguments a command and its arguments
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** Runs a command; gives the exit code. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    String command = arguments.length == 0 ? "" : arguments[0];
    int expected =
        switch (command) {
          case "check", "info" -> 2;
          case "export" -> 3;
          default -> -1;
        };
    if (arguments.length != expected) {
      err.println(
          command.isEmpty() || expected > 0 ? SYNTAX : "unknown: " + command + "; " + SYNTAX);
      return USAGE;
    }
    try {
      Path directory = Path.of(arguments[1]);
      return switch (command) {
        case "check" -> new CheckCommand(out).run(directory);
        case "info" -> new InfoCommand(out).run(directory);
        default -> export(directory, Path.of(arguments[2]), out, err);
      };
    } catch (InvalidPathException e) {
      err.println(e.getMessage());
      return USAGE;
    } catch (CorruptIndexException | UnsupportedFormatVersionException e) {
      err.println("damaged: " + e.getMessage());
      return WRONG;
    } catch (IOException | RuntimeException e) {
      err.println(describe(e));
      return WRONG;
    }
  }

  private static int export(Path directory, Path vectors, PrintStream out, PrintStream err)
      throws IOException {
    Path name = vectors.getFileName();
    if (name == null || !name.toString().endsWith(".fvecs")) {
      err.println(vectors + " does not end in .fvecs; " + SYNTAX);
      return USAGE;
    }
    return new ExportCommand(out).run(directory, vectors);
  }

  /** The exceptions of the file system tell the file alone. */
  private static String describe(Exception e) {
    if (e instanceof NoSuchFileException missing && missing.getReason() == null) {
      return missing.getFile() + ": no such file or directory";
    }
    return e instanceof FileSystemException && e.getClass() != FileSystemException.class
        ? e.getClass().getSimpleName() + ": " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}
