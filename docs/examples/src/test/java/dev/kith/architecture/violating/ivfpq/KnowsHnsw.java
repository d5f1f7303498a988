package dev.kith.architecture.violating.ivfpq;

import dev.kith.architecture.violating.hnsw.Graph;

class KnowsHnsw {
  Graph quantiser = new Graph();
}
