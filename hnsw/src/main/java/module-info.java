/** The graph index. */
module dev.kith.hnsw {
  requires static org.jspecify;
  requires transitive dev.kith.core;

  exports dev.kith.hnsw;

  provides dev.kith.spi.IndexProvider with
      dev.kith.hnsw.HnswIndexProvider;
}
