/** The graph index. */
module dev.kith.hnsw {
  requires dev.kith.core;
}
