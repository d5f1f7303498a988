package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line, called within the JVM of the test. */
public final class CommandLine {
  /** What a command did. */
  public record Result(int exitCode, String out, String err) {
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  private CommandLine() {}

  public static Result run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            words,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What an export wrote, read by nothing but the page. */
  public static Map<Long, List<Float>> exported(Path vectors) throws IOException {
    ByteBuffer rows = bytes(vectors);
    ByteBuffer ids = bytes(Path.of(vectors.toString().replace(".fvecs", ".ids")));
    Map<Long, List<Float>> all = new TreeMap<>();
    while (rows.hasRemaining()) {
      Float[] vector = new Float[rows.getInt()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = rows.getFloat();
      }
      assertThat(all.put(ids.getLong(), List.of(vector))).isNull();
    }
    assertThat(ids.hasRemaining()).as("more ids than vectors").isFalse();
    return all;
  }

  private static ByteBuffer bytes(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
