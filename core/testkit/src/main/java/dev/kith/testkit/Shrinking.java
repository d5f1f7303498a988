package dev.kith.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing list small: leaves out halves, then smaller and smaller pieces, as long as what
 * remains fails (delta debugging).
 */
final class Shrinking {
  private Shrinking() {}

  /**
   * Looks for a small list that fails.
   *
   * @param failing a list that fails
   * @param fails plays a list
   * @param attempts how many plays are allowed
   * @return a list that fails, in the same order
   */
  static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails, int attempts) {
    List<T> smallest = failing;
    int left = attempts;
    for (int piece = Math.max(1, smallest.size() / 2); ; piece = Math.max(1, piece / 2)) {
      boolean shorter = false;
      for (int from = 0; from < smallest.size(); ) {
        if (left-- == 0) {
          return smallest;
        }
        List<T> without = new ArrayList<>(smallest);
        without.subList(from, Math.min(from + piece, smallest.size())).clear();
        if (fails.test(without)) {
          smallest = without;
          shorter = true;
        } else {
          from += piece;
        }
      }
      if (piece == 1 && !shorter) {
        return smallest;
      }
    }
  }
}
