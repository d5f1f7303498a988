package dev.kith;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link VectorIndexes#check} found in a directory.
 *
 * @param directory the directory
 * @param type the type name of the index, or the empty string when not even that could be read
 * @param findings one line per thing that was verified, in order
 * @param problems one line per thing that is wrong, naming file, offset, what was expected and what
 *     was found; empty for a sound index
 */
public record CheckReport(
    Path directory, String type, List<String> findings, List<String> problems) {
  /**
   * Copies the lists.
   *
   * @param directory the directory
   * @param type the type name
   * @param findings what was verified
   * @param problems what is wrong
   */
  public CheckReport {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }

  /**
   * Whether the index is sound.
   *
   * @return true when nothing is wrong
   */
  public boolean ok() {
    return problems.isEmpty();
  }
}
