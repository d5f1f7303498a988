package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;

/**
 * Tests what every {@link MutableVectorIndex} promises, whatever its type. Extend it in the test of
 * an index type; the tests are inherited.
 *
 * {@snippet file="dev/kith/examples/testkit/OwnIndexContractTest.java" region="contract"}
 *
 * <p>Every test runs under every {@link Metric}, on a few thousand small vectors. The themes:
 *
 * <ul>
 *   <li>bad arguments: the documented exception, and nothing is changed;
 *   <li>content: upsert, removal, ids, vectors to the bit, extreme dimensions, spec and stats;
 *   <li>searches: the right neighbours, ties, filters, maxDistance, time limits, cancellation;
 *   <li>bulk: any number of threads, lent executors, progress, cancellation by flag and by
 *       interrupt;
 *   <li>files: save, open in every mode, locks, checks, damaged bytes;
 *   <li>life cycle: after close, and searches during changes;
 *   <li>random operations against a model; a failure tells the seed that repeats it, see {@link
 *       Seed}.
 * </ul>
 *
 * <p>The tests themselves cannot be overridden: a type that breaks a promise shows it. What a type
 * does not offer at all is said by {@link #saves()} and {@link #createdFromSpec()}.
 */
public abstract class VectorIndexContract extends RandomOperationRows {
  /** For subclasses. */
  protected VectorIndexContract() {}

  /**
   * Makes an empty index that keeps full vectors. The contract closes it.
   *
   * @param dimension components of every vector; out of range in one of the tests, which expects
   *     the refusal
   * @param metric how distances are measured
   * @return a new index
   */
  @Override
  protected abstract MutableVectorIndex create(int dimension, Metric metric);

  /**
   * The least mean recall@10 that searches with default parameters reach on 2,000 clustered
   * vectors. With 1 every answer is held against the exact one, ties included.
   *
   * @return from 0 to 1; 1 unless overridden, for exact indexes
   */
  @Override
  protected double leastRecall() {
    return 1;
  }

  /**
   * Adds the parameters with which a search over a few thousand vectors finds as many as it is
   * asked for, all of them if need be: for an inverted file, for example, as many probes as there
   * are lists.
   *
   * @param request a request without parameters
   * @return the request, unchanged unless overridden
   */
  @Override
  protected SearchRequest thorough(SearchRequest request) {
    return request;
  }

  /**
   * Whether indexes of this type are saved and opened.
   *
   * @return true unless overridden; false skips the tests about files
   */
  @Override
  protected boolean saves() {
    return true;
  }

  /**
   * Whether {@link dev.kith.VectorIndexes#create} makes an index of this type from its {@link
   * dev.kith.VectorIndex#spec()}.
   *
   * @return true unless overridden; false skips the test about it
   */
  @Override
  protected boolean createdFromSpec() {
    return true;
  }
}
