package dev.kith.architecture.violating.flat;

import dev.kith.architecture.violating.hnsw.Graph;

class KnowsHnsw {
  Graph graph = new Graph();
}
