package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.Metric;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact index against a sorted map, over thousands of random operations. */
class M_ModelTest {
  private static final int OPERATIONS = Boolean.getBoolean("kith.long") ? 2_000_000 : 20_000;

  @TempDir private Path scratch;

  @Test
  void theExactIndexIsTheModel(@Seed long seed) throws IOException {
    ModelRun.of(FlatIndex::create).play(OPERATIONS, seed, scratch);
  }

  /** The proof that a run can fail, and that little is left of the failing list. */
  @Test
  void anIndexThatForgetsIsFoundOutByFewOperations(@Seed long seed) {
    Throwable thrown =
        catchThrowable(
            () -> ModelRun.of(Forgetful::new).inMemory().play(OPERATIONS, seed, scratch));
    assertThat(thrown)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed " + seed + ", operation ")
        .message()
        .containsPattern("\n[1-5] operations that fail:\n  ADD");
  }

  /** Forgets a vector when it is replaced. */
  private static final class Forgetful extends ForwardingIndex {
    Forgetful(int dimension, Metric metric) {
      super(dimension, metric);
    }

    @Override
    public boolean add(long id, float[] vector) {
      boolean fresh = super.add(id, vector);
      if (!fresh) {
        index.remove(id);
      }
      return fresh;
    }
  }
}
