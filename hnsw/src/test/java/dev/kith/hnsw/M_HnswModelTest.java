package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.testkit.ModelRun;
import dev.kith.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph index against a sorted map and an exact index, over thousands of random operations. */
class M_HnswModelTest {
  private static final int OPERATIONS = ReliabilityRig.LONG ? 2_000_000 : 20_000;

  @TempDir private Path scratch;

  static ModelRun run() {
    return ModelRun.of(M_HnswModelTest::create)
        .approximate(0.98, request -> request.params(new HnswSearchParams(5_000)));
  }

  private static MutableVectorIndex create(int dimension, Metric metric) {
    return HnswIndex.create(HnswConfig.builder(dimension, metric).m(3).build());
  }

  @Test
  void theGraphIsTheModel(@Seed long seed) throws IOException {
    run().play(OPERATIONS, seed, scratch);
  }
}
