package dev.kith.hnsw;

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
    return run(0, 0);
  }

  private static ModelRun run(int rowBits, int codeBits) {
    return ModelRun.of(
            (dimension, metric) ->
                HnswIndex.create(
                    HnswConfig.builder(dimension, metric)
                        .m(3)
                        .rowBits(rowBits)
                        .codeBits(codeBits)
                        .build()))
        .approximate(0.98, request -> request.params(new HnswSearchParams(5_000)));
  }

  @Test
  void theGraphIsTheModel(@Seed long seed) throws IOException {
    run().play(OPERATIONS, seed, scratch);
  }

  @Test
  void theGraphWithCodesIsTheModel(@Seed long seed) throws IOException {
    run(0, 1).play(OPERATIONS, seed, scratch);
  }

  @Test
  void theGraphWithCodesOfRowsIsTheModel(@Seed long seed) throws IOException {
    run(8, 0).play(OPERATIONS / 4, seed, scratch);
  }
}
