package dev.kith.examples.testkit;

import dev.kith.IndexSpec;
import dev.kith.VectorIndexes;
import dev.kith.testkit.ModelRun;
import dev.kith.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes an index type can have it played against a model. */
class ModelRunTest {
  // @start region="model-run"
  @Test
  void myIndexIsTheModel(@TempDir Path scratch, @Seed long seed) throws IOException {
    ModelRun.of(
            (dimension, metric) -> VectorIndexes.create(IndexSpec.parse("Flat", dimension, metric)))
        .play(2_000, seed, scratch);
  }
  // @end
}
