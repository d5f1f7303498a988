package dev.kith.architecture.violating.hnsw;

import dev.kith.architecture.violating.examples.Sample;

class KnowsExamples {
  Sample sample = new Sample();
}
