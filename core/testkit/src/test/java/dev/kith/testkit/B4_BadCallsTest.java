package dev.kith.testkit;

import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refused calls among others leave the index as it was. Each bad argument by itself is a row of
 * {@code ArgumentRows}, which {@link VectorIndexContract} runs for every type.
 */
class B4_BadCallsTest {
  private static final int OPERATIONS = Boolean.getBoolean("kith.long") ? 1_000_000 : 5_000;

  @TempDir private Path scratch;

  @Test
  void refusedCallsChangeNothing(@Seed long seed) throws IOException {
    ModelRun.of(FlatIndex::create).badCalls().play(OPERATIONS, seed, scratch);
  }
}
