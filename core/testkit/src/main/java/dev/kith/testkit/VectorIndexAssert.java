package dev.kith.testkit;

import dev.kith.VectorIndex;
import dev.kith.eval.Dataset;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what an index holds; {@link #on(Dataset)} leads to those on what it answers. */
public final class VectorIndexAssert extends AbstractAssert<VectorIndexAssert, VectorIndex> {
  VectorIndexAssert(VectorIndex actual) {
    super(actual, VectorIndexAssert.class);
  }

  /**
   * Fails unless the index holds so many vectors.
   *
   * @param expected the number of vectors
   * @return this
   */
  public VectorIndexAssert hasSize(int expected) {
    isNotNull();
    if (actual.size() != expected) {
      throw failureWithActualExpected(
          actual.size(),
          expected,
          "expected an index of size %s, but it has %s",
          expected,
          actual.size());
    }
    return this;
  }

  /**
   * Fails unless the index is empty.
   *
   * @return this
   */
  public VectorIndexAssert isEmpty() {
    return hasSize(0);
  }

  /**
   * Fails unless vectors are stored under all of the ids.
   *
   * @param ids the ids
   * @return this
   */
  public VectorIndexAssert contains(long... ids) {
    isNotNull();
    long[] missing = Arrays.stream(ids).filter(id -> !actual.contains(id)).toArray();
    if (missing.length > 0) {
      throw failure(
          "expected an index with ids %s, but of %s vectors none has id %s",
          Ids.show(ids), actual.size(), Ids.show(missing));
    }
    return this;
  }

  /**
   * Fails if a vector is stored under one of the ids.
   *
   * @param ids the ids
   * @return this
   */
  public VectorIndexAssert doesNotContain(long... ids) {
    isNotNull();
    long[] present = Arrays.stream(ids).filter(actual::contains).toArray();
    if (present.length > 0) {
      throw failure(
          "expected an index without ids %s, but it holds %s", Ids.show(ids), Ids.show(present));
    }
    return this;
  }

  /**
   * Fails unless the index holds exactly the ids.
   *
   * @param ids the ids, in any order
   * @return this
   */
  public VectorIndexAssert hasIds(long... ids) {
    isNotNull();
    long[] expected = Arrays.stream(ids).sorted().distinct().toArray();
    long[] found = actual.ids();
    if (!Arrays.equals(found, expected)) {
      throw failureWithActualExpected(
          found,
          expected,
          "expected an index of exactly the ids %s, but %s are missing and %s are too many",
          Ids.show(expected),
          Ids.show(Ids.without(expected, found)),
          Ids.show(Ids.without(found, expected)));
    }
    return this;
  }

  /**
   * Fails unless exactly this vector, to the bit, is stored under the id.
   *
   * @param id the id
   * @param expected the vector
   * @return this
   */
  public VectorIndexAssert hasVector(long id, float... expected) {
    isNotNull();
    float[] vector;
    try {
      vector = actual.vector(id);
    } catch (NoSuchElementException e) {
      throw failure("expected a vector with id %s, but there is none", id);
    }
    int different = Arrays.mismatch(vector, expected);
    if (different >= 0) {
      throw failureWithActualExpected(
          vector,
          expected,
          "expected another vector with id %s: they differ first at component %s",
          id,
          different);
    }
    return this;
  }

  /**
   * Goes on to assertions on the answers to the queries of a data set. Nothing is asserted yet.
   *
   * @param dataset queries and exact answers; the index should hold its base
   * @return assertions on the answers
   */
  @CheckReturnValue
  public SearchAssert on(Dataset dataset) {
    isNotNull();
    return new SearchAssert(actual, dataset).as(info.description());
  }

  /**
   * Goes on to assertions on the answers to queries. Nothing is asserted yet. The exact answers are
   * computed from the vectors that the index itself holds, so it must keep full vectors.
   *
   * @param queries at least one query
   * @return assertions on the answers
   */
  @CheckReturnValue
  public SearchAssert on(float[]... queries) {
    isNotNull();
    return new SearchAssert(actual, queries).as(info.description());
  }
}
