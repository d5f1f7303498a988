package dev.kith.hnsw;

import dev.kith.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refused calls among others leave the graph as it was. */
class B4_HnswBadCallsTest {
  private static final int OPERATIONS = ReliabilityRig.LONG ? 1_000_000 : 5_000;

  @TempDir private Path scratch;

  @Test
  void refusedCallsChangeNothing(@Seed long seed) throws IOException {
    M_HnswModelTest.run().badCalls().play(OPERATIONS, seed, scratch);
  }
}
