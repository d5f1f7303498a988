package dev.kith.hnsw;

import dev.kith.internal.storage.D3_KillLoopTest;
import java.util.List;

/** A process that saves graphs is killed, again and again. */
class D3_HnswKillLoopTest extends D3_KillLoopTest {
  @Override
  protected Class<?> program() {
    return HnswKillLoopProgram.class;
  }

  @Override
  protected List<Class<?>> modules() {
    return List.of(HnswIndex.class);
  }

  @Override
  protected int kills() {
    return 25;
  }
}
