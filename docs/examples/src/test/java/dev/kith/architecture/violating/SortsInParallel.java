package dev.kith.architecture.violating;

import java.util.Arrays;

class SortsInParallel {
  void sort(long[] values) {
    Arrays.parallelSort(values);
  }
}
