package dev.kith.testkit;

import dev.kith.Hits;
import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the result of a search. */
public final class HitsAssert extends AbstractAssert<HitsAssert, Hits> {
  HitsAssert(Hits actual) {
    super(actual, HitsAssert.class);
  }

  /**
   * Fails unless there are so many hits.
   *
   * @param expected the number of hits
   * @return this
   */
  public HitsAssert hasSize(int expected) {
    isNotNull();
    if (actual.size() != expected) {
      throw failureWithActualExpected(
          actual.size(),
          expected,
          "expected %s hits, but there are %s: %s",
          expected,
          actual.size(),
          actual);
    }
    return this;
  }

  /**
   * Fails if there is any hit.
   *
   * @return this
   */
  public HitsAssert isEmpty() {
    return hasSize(0);
  }

  /**
   * Fails unless the hits are exactly these, nearest first.
   *
   * @param ids the ids, in the order of the hits
   * @return this
   */
  public HitsAssert hasIds(long... ids) {
    isNotNull();
    long[] found = actual.ids();
    if (!Arrays.equals(found, ids)) {
      throw failureWithActualExpected(
          found,
          ids,
          "expected the hits %s, but they are %s (the first difference is at rank %s)",
          Ids.show(ids),
          actual,
          Arrays.mismatch(found, ids));
    }
    return this;
  }

  /**
   * Fails unless all of the ids are among the hits.
   *
   * @param ids the ids
   * @return this
   */
  public HitsAssert contains(long... ids) {
    isNotNull();
    long[] missing = Ids.without(ids, actual.ids());
    if (missing.length > 0) {
      throw failure(
          "expected hits with the ids %s, but %s are missing in %s",
          Ids.show(ids), Ids.show(missing), actual);
    }
    return this;
  }

  /**
   * Fails if one of the ids is among the hits.
   *
   * @param ids the ids
   * @return this
   */
  public HitsAssert doesNotContain(long... ids) {
    isNotNull();
    long[] present = Ids.without(ids, Ids.without(ids, actual.ids()));
    if (present.length > 0) {
      throw failure(
          "expected hits without the ids %s, but %s are in %s",
          Ids.show(ids), Ids.show(present), actual);
    }
    return this;
  }

  /**
   * Fails unless the nearest hit has this id.
   *
   * @param id the id
   * @return this
   */
  public HitsAssert hasNearest(long id) {
    isNotNull();
    if (actual.size() == 0 || actual.id(0) != id) {
      throw failure("expected id %s as the nearest hit of %s", id, actual);
    }
    return this;
  }

  /**
   * Fails if a hit is farther away.
   *
   * @param maxDistance the largest distance allowed, inclusive
   * @return this
   */
  public HitsAssert areWithin(float maxDistance) {
    isNotNull();
    for (int rank = 0; rank < actual.size(); rank++) {
      if (!(actual.distance(rank) <= maxDistance)) {
        throw failure(
            "expected hits within %s, but id %s at rank %s is at %s",
            maxDistance, actual.id(rank), rank, actual.distance(rank));
      }
    }
    return this;
  }

  /**
   * Fails unless distances ascend, equal ones have ascending ids, and no id occurs twice.
   *
   * @return this
   */
  public HitsAssert isSorted() {
    isNotNull();
    checkSorted(actual.ids(), actual.distances());
    return this;
  }

  /**
   * Fails if the search was cut short.
   *
   * @return this
   */
  public HitsAssert isComplete() {
    isNotNull();
    if (!actual.complete()) {
      throw failure("expected the result of a complete search, but it was cut short: %s", actual);
    }
    return this;
  }

  /**
   * Fails unless the search was cut short.
   *
   * @return this
   */
  public HitsAssert isIncomplete() {
    isNotNull();
    if (actual.complete()) {
      throw failure(
          "expected the result of a search that was cut short, but it is complete: %s", actual);
    }
    return this;
  }

  /**
   * Fails unless another result has the same ids and the same distances, to the bit, and is as
   * complete.
   *
   * @param expected the other result
   * @return this
   */
  public HitsAssert hasSameHitsAs(Hits expected) {
    isNotNull();
    if (!same(actual, expected)) {
      throw failureWithActualExpected(
          actual,
          expected,
          "expected the same hits as\n  %s\nbut they are\n  %s",
          expected,
          actual);
    }
    return this;
  }

  static boolean same(Hits a, Hits b) {
    return Arrays.equals(a.ids(), b.ids())
        && Arrays.equals(a.distances(), b.distances())
        && a.complete() == b.complete();
  }

  /** Apart, because {@link Hits} cannot be made out of order: only so can a test see this fail. */
  void checkSorted(long[] ids, float[] distances) {
    for (int rank = 1; rank < ids.length; rank++) {
      boolean ascending =
          distances[rank - 1] < distances[rank]
              || (distances[rank - 1] == distances[rank] && ids[rank - 1] < ids[rank]);
      if (!ascending) {
        throw failure("expected sorted hits, but rank %s breaks the order: %s", rank, actual);
      }
    }
    if (Arrays.stream(ids).distinct().count() != ids.length) {
      throw failure("expected every id once: %s", actual);
    }
  }
}
