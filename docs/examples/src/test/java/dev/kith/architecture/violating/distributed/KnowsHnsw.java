package dev.kith.architecture.violating.distributed;

import dev.kith.architecture.violating.hnsw.Graph;

class KnowsHnsw {
  Graph shard = new Graph();
}
