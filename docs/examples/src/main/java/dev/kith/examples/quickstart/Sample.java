package dev.kith.examples.quickstart;

import java.util.List;
import java.util.stream.IntStream;

/** Takes a few out of many, always the same ones. */
final class Sample {

  private Sample() {}

  /**
   * Returns the given number of elements, spread evenly over the list, or all if there are fewer.
   */
  static <T> List<T> evenly(int count, List<T> all) {
    if (all.size() <= count) {
      return all;
    }
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
