package dev.kith.internal.storage;

import dev.kith.IndexLockedException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.flat.FlatIndex;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that wants a directory; see {@link TalkingJvm}. */
final class LockProgram {
  private LockProgram() {}

  /** Takes lines of a verb and a directory until the input ends. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    MutableVectorIndex held = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      Path directory = Path.of(words[1]);
      String answer = "done";
      try {
        switch (words[0]) {
          case "open" -> held = VectorIndexes.openForWriting(directory);
          case "close" -> {
            if (held != null) {
              held.close();
            }
          }
          case "save" -> {
            try (FlatIndex index = SmallIndex.make(3, Metric.L2, 4, 9)) {
              index.save(directory);
            }
          }
          default -> answer = "unknown: " + line;
        }
      } catch (IndexLockedException e) {
        answer = "locked";
      } catch (Exception e) {
        answer = e.toString();
      }
      System.out.println(answer);
    }
  }
}
