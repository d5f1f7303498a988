package dev.kith.architecture.violating;

import java.util.Arrays;

class StreamsInParallel {
  long sum(long[] values) {
    return Arrays.stream(values).parallel().sum();
  }
}
