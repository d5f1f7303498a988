package dev.kith.internal.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Where Jazzer enters. It finds {@link #fuzzerInitialize} and {@link #fuzzerTestOneInput} by name,
 * so that nothing here is compiled against it; docs/reliability.md has the commands.
 */
public final class FuzzTarget {
  private static HostileBytes hostile;

  private FuzzTarget() {}

  /**
   * Writes the corpus of a target to a folder, which the fuzzer then reads and adds to.
   *
   * @param arguments the target, for example {@code flat-edits}, and the folder
   */
  public static void fuzzerInitialize(String[] arguments) throws IOException {
    hostile = new HostileBytes(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    List<byte[]> inputs = hostile.seeds();
    inputs.addAll(corpus(arguments[0]));
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(folder.resolve("given-" + i), inputs.get(i));
    }
  }

  /** Tries an input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    hostile.use(input).refused(hostile, input);
  }

  /** The inputs that are kept for a target: a line of hexadecimal digits each, and comments. */
  static List<byte[]> corpus(String target) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (InputStream in = FuzzTarget.class.getResourceAsStream("/fuzz/" + target + ".txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> inputs.add(HexFormat.of().parseHex(line)));
    }
    return inputs;
  }
}
