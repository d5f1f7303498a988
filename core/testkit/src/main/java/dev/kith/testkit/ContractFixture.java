package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What all rows of the contract stand on: the questions to the subclass, indexes that are closed
 * after the test, and the check that a refused call changes nothing.
 *
 * <p>Rows are package-private, so that no index type can drop one by overriding it.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class ContractFixture {
  /** Not a multiple of any SIMD width, so that every kernel has a remainder to get right. */
  static final int DIMENSION = 19;

  /** Rows of the sets that are large enough to be cut into blocks and rounds. */
  static final int MANY = 6_000;

  @TempDir Path scratch = Path.of("");

  private final List<VectorIndex> toClose = new ArrayList<>();

  protected abstract MutableVectorIndex create(int dimension, Metric metric);

  protected abstract double leastRecall();

  protected abstract SearchRequest thorough(SearchRequest request);

  protected abstract boolean saves();

  protected abstract boolean createdFromSpec();

  @AfterEach
  void closeIndexes() {
    toClose.reversed().forEach(VectorIndex::close);
    toClose.clear();
  }

  final boolean exact() {
    return leastRecall() >= 1;
  }

  final <T extends VectorIndex> T closeLater(T index) {
    toClose.add(index);
    return index;
  }

  final MutableVectorIndex fresh(int dimension, Metric metric) {
    return closeLater(create(dimension, metric));
  }

  /** An index of the rows, each under its position as id, together with its model. */
  final Subject holding(Metric metric, float[]... rows) {
    return holding(metric, VectorSource.of(rows), rows[0].length);
  }

  final Subject holding(Metric metric, VectorSource source, int dimension) {
    MutableVectorIndex index = fresh(dimension, metric);
    index.addAll(source, BulkOptions.defaults());
    return new Subject(index, Model.of(metric, source, dimension));
  }

  final SearchRequest ask(float[] query, int k) {
    return thorough(SearchRequest.of(query, k));
  }

  /**
   * Fails unless the answer is right, or, for an approximate index, sound and of the right length.
   */
  final void checkAnswer(Model model, SearchRequest request, Hits hits) {
    if (exact()) {
      model.checkExact(request, hits);
    } else {
      model.checkSound(request, hits);
      assertThat(hits.size()).as("hits of %s", request).isEqualTo(model.expectedSize(request));
    }
    assertThat(hits.complete()).as("complete, for %s", request).isTrue();
  }

  /** Fails unless index and model hold the same vectors, to the bit. */
  static void checkContent(Model model, VectorIndex index) {
    assertThat(index.size()).as("size").isEqualTo(model.size());
    assertThat(index.ids()).as("ids").containsExactly(model.ids());
    for (long id : model.ids()) {
      assertSameBits(index.vector(id), model.vector(id));
    }
  }

  static void assertSameBits(float[] actual, float @org.jspecify.annotations.Nullable [] expected) {
    assertThat(bits(actual)).isEqualTo(expected == null ? null : bits(expected));
  }

  /** Fails unless both answered alike, distances to the bit. */
  static void assertSameHits(Hits actual, Hits expected) {
    assertThat(actual.ids()).as("ids").isEqualTo(expected.ids());
    assertSameBits(actual.distances(), expected.distances());
    assertThat(actual.complete()).as("complete").isEqualTo(expected.complete());
  }

  static void assertSameAnswers(
      VectorIndex actual, VectorIndex expected, List<SearchRequest> requests) {
    for (SearchRequest request : requests) {
      assertSameHits(actual.search(request), expected.search(request));
    }
  }

  /** Runs a call that must be refused and must not change the index; goes on with what it threw. */
  final AbstractThrowableAssert<?, ? extends Throwable> refused(
      VectorIndex index, ThrowingCallable call) {
    String before = describe(index);
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("what a call that must be refused throws").isNotNull();
    assertThat(describe(index)).as("the index after a refused call").isEqualTo(before);
    return assertThat(thrown);
  }

  /**
   * As {@link #refused}, for a mistake in an argument: the message names the parts that are given.
   */
  final void refusedArgument(VectorIndex index, ThrowingCallable call, Object... named) {
    AbstractThrowableAssert<?, ? extends Throwable> thrown =
        refused(index, call).isInstanceOf(IllegalArgumentException.class);
    thrown.message().isNotBlank();
    for (Object part : named) {
      // A number must stand alone: "3" is not named by "13".
      String text = part.toString();
      thrown
          .message()
          .containsPattern(
              Character.isDigit(text.charAt(0)) ? "(?<!\\d)" + text + "(?!\\d)" : text);
    }
  }

  /**
   * Everything that can be seen of an index: sizes, ids, the bits of the vectors, answers to two
   * questions.
   */
  private String describe(VectorIndex index) {
    StringBuilder text = new StringBuilder();
    long[] ids = index.ids();
    text.append("size ").append(index.size()).append('\n');
    text.append("ids ").append(Arrays.toString(ids)).append('\n');
    for (long id : ids) {
      text.append("vector ").append(id).append(" with hash ");
      text.append(Arrays.hashCode(index.vector(id))).append('\n');
    }
    for (float[] query : TestVectors.gaussian(2, index.dimension(), 17)) {
      text.append("answer ").append(index.search(ask(query, 5))).append('\n');
    }
    return text.toString();
  }

  private static int[] bits(float[] vector) {
    int[] bits = new int[vector.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(vector[i]);
    }
    return bits;
  }

  /** An index under test and what it should hold. */
  record Subject(MutableVectorIndex index, Model model) {}
}
