package dev.kith.architecture.violating;

import java.util.List;

class StreamsCollectionInParallel {
  long count(List<String> values) {
    return values.parallelStream().distinct().count();
  }
}
