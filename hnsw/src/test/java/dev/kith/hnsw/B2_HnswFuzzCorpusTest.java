package dev.kith.hnsw;

import dev.kith.internal.storage.B2_FuzzCorpusTest;

/** What a fuzzer has found worth keeping of the files of graphs. */
class B2_HnswFuzzCorpusTest extends B2_FuzzCorpusTest {
  @Override
  protected String type() {
    return "hnsw";
  }
}
