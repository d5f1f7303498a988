package dev.kith.benchmarks.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A native library, measured by an executable that reads the same folders and writes the same
 * columns.
 *
 * @param program the executable
 * @param library what it is to measure
 * @param options of the sweep
 * @param folder the test set, with its exact answers
 * @param work a folder of its own
 */
record NativeEngine(Path program, String library, SweepOptions options, Path folder, Path work)
    implements Measured {
  @Override
  public String name() {
    return library;
  }

  @Override
  public List<String> flags() {
    return List.of();
  }

  @Override
  public List<String> command(Path csv) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toAbsolutePath().toString(),
                "--dataset",
                folder.toString(),
                "--engines",
                library,
                "--k",
                String.valueOf(options.k),
                "--build-threads",
                String.valueOf(options.buildThreads),
                "--search-threads",
                String.valueOf(options.searchThreads),
                "--efforts",
                options.effortList(),
                "--out",
                csv.toString()));
    if (options.buildOnce) {
      command.addAll(List.of("--cache", work.toString()));
    }
    return command;
  }
}
