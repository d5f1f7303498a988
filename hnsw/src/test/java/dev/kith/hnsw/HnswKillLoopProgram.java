package dev.kith.hnsw;

import dev.kith.Metric;
import dev.kith.internal.storage.KillLoopProgram;
import java.io.IOException;
import java.nio.file.Path;

/** Saves graphs until it is killed. */
final class HnswKillLoopProgram {
  private HnswKillLoopProgram() {}

  /** Takes the directory. */
  public static void main(String[] arguments) throws IOException {
    HnswConfig config = HnswConfig.builder(24, Metric.L2).m(4).efConstruction(20).build();
    KillLoopProgram.run(Path.of(arguments[0]), () -> HnswIndex.create(config));
  }
}
