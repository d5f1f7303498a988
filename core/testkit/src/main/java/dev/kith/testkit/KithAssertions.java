package dev.kith.testkit;

import dev.kith.Hits;
import dev.kith.VectorIndex;
import org.assertj.core.annotation.CheckReturnValue;

/**
 * Entry point of the assertions on indexes and results, in the manner of AssertJ. Can be imported
 * statically beside {@code org.assertj.core.api.Assertions.assertThat}.
 *
 * {@snippet file="dev/kith/examples/testkit/PassageFinderTest.java" region="recall"}
 *
 * <p>Concurrency: stateless; the assertions it returns belong to one thread.
 */
public final class KithAssertions {
  private KithAssertions() {}

  /**
   * Asserts on an index: what it holds and how well it answers.
   *
   * @param actual the index
   * @return assertions on it
   */
  @CheckReturnValue
  public static VectorIndexAssert assertThat(VectorIndex actual) {
    return new VectorIndexAssert(actual);
  }

  /**
   * Asserts on the result of a search.
   *
   * @param actual the result
   * @return assertions on it
   */
  @CheckReturnValue
  public static HitsAssert assertThat(Hits actual) {
    return new HitsAssert(actual);
  }
}
