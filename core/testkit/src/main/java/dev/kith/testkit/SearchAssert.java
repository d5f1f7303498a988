package dev.kith.testkit;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.SearchParams;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import dev.kith.eval.Dataset;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Recall;
import dev.kith.flat.FlatIndex;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what an index answers to many queries. The {@code with...} methods only say how to
 * search; {@link #hasRecallAtLeast} and {@link #answersLike} search and assert.
 *
 * <p>Searches run on as many threads as there are processors.
 */
public final class SearchAssert extends AbstractAssert<SearchAssert, VectorIndex> {
  private static final int DEFAULT_K = 10;
  private static final int WORST_SHOWN = 5;

  private final @Nullable Dataset dataset;
  private final float[][] queries;
  private int k = DEFAULT_K;
  private @Nullable IdFilter filter;
  private @Nullable SearchParams params;

  SearchAssert(VectorIndex actual, Dataset dataset) {
    super(actual, SearchAssert.class);
    this.dataset = dataset;
    this.queries = dataset.queries();
    this.k = Math.min(DEFAULT_K, dataset.truth().k());
  }

  SearchAssert(VectorIndex actual, float[][] queries) {
    super(actual, SearchAssert.class);
    if (queries.length == 0) {
      throw new IllegalArgumentException("queries: empty, expected at least one");
    }
    this.dataset = null;
    this.queries = queries;
  }

  /**
   * Sets how many neighbours are asked for; 10 unless set, or the k of the data set's truth when
   * that is less.
   *
   * @param k at least 1, and at most the k of the data set's truth
   * @return this
   * @throws IllegalArgumentException if k is out of range
   */
  @CheckReturnValue
  public SearchAssert withK(int k) {
    int most = dataset == null ? Integer.MAX_VALUE : dataset.truth().k();
    if (k < 1 || k > most) {
      throw new IllegalArgumentException("k: " + k + ", expected 1 to " + most);
    }
    this.k = k;
    return this;
  }

  /**
   * Searches with a filter; the exact answers are then computed under the same filter.
   *
   * @param filter which ids may be returned; asked from several threads
   * @return this
   */
  @CheckReturnValue
  public SearchAssert withFilter(IdFilter filter) {
    this.filter = Objects.requireNonNull(filter, "filter");
    return this;
  }

  /**
   * Searches with parameters of the index type instead of its defaults.
   *
   * @param params the params record of the index module
   * @return this
   */
  @CheckReturnValue
  public SearchAssert withParams(SearchParams params) {
    this.params = Objects.requireNonNull(params, "params");
    return this;
  }

  /**
   * Fails unless the mean recall@k over all queries is high enough. The message tells the recall
   * found and the worst queries, with what they miss.
   *
   * @param expected the least recall, from 0 to 1
   * @return this
   * @throws IllegalArgumentException if the expectation is out of range
   */
  public SearchAssert hasRecallAtLeast(double expected) {
    if (!(expected >= 0 && expected <= 1)) {
      throw new IllegalArgumentException("expected: " + expected + ", expected 0 to 1");
    }
    GroundTruth truth = truth();
    List<Hits> hits = actual.searchAll(requests(params), BulkOptions.defaults());
    Recall recall = Recall.at(k, truth, hits);
    if (recall.mean() < expected) {
      throw failureWithActualExpected(
          recall.mean(), expected, "%s", explain(recall, expected, truth, hits));
    }
    return this;
  }

  /**
   * Fails unless another index answers every query alike: the same ids and the same distances, to
   * the bit. Both are searched with the same parameters.
   *
   * @param other for example the same index before it was saved, or an exact one
   * @return this
   */
  public SearchAssert answersLike(VectorIndex other) {
    List<SearchRequest> requests = requests(params);
    List<Hits> found = actual.searchAll(requests, BulkOptions.defaults());
    List<Hits> expected = other.searchAll(requests, BulkOptions.defaults());
    int[] different =
        IntStream.range(0, queries.length)
            .filter(query -> !HitsAssert.same(found.get(query), expected.get(query)))
            .toArray();
    if (different.length > 0) {
      int first = different[0];
      throw failureWithActualExpected(
          found.get(first),
          expected.get(first),
          "expected the same answers to all %s queries with k = %s, but %s differ;"
              + " the first is query %s:\n  expected %s\n  found    %s",
          queries.length,
          k,
          different.length,
          first,
          expected.get(first),
          found.get(first));
    }
    return this;
  }

  private List<SearchRequest> requests(@Nullable SearchParams params) {
    return Arrays.stream(queries)
        .map(
            query -> {
              SearchRequest request = SearchRequest.of(query, k);
              request = filter == null ? request : request.filter(filter);
              return params == null ? request : request.params(params);
            })
        .toList();
  }

  /**
   * The data set's answers; computed where it has none, because of a filter or for want of a data
   * set.
   */
  private GroundTruth truth() {
    if (dataset != null && filter == null) {
      return dataset.truth();
    }
    VectorSource rows = dataset == null ? new Content(actual) : dataset.base();
    try (FlatIndex exact = FlatIndex.create(actual.dimension(), actual.metric())) {
      exact.addAll(rows, BulkOptions.defaults());
      return GroundTruth.of(exact.searchAll(requests(null), BulkOptions.defaults()), k);
    }
  }

  private String explain(Recall recall, double expected, GroundTruth truth, List<Hits> hits) {
    double[] perQuery = recall.perQuery();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "expected recall@%d of at least %s on %s, but it is %.4f%nworst queries:",
            k,
            expected,
            dataset == null ? queries.length + " queries" : dataset,
            recall.mean()));
    IntStream.range(0, perQuery.length)
        .boxed()
        .sorted(Comparator.comparingDouble(query -> perQuery[query]))
        .limit(WORST_SHOWN)
        .filter(query -> perQuery[query] < 1)
        .forEach(
            query -> {
              long[] wanted = truth.ids(query);
              long[] nearest = Arrays.copyOf(wanted, Math.min(k, wanted.length));
              text.append(
                  String.format(
                      Locale.ROOT,
                      "%n  query %d: recall %.2f, misses ids %s, has hits %s",
                      query,
                      perQuery[query],
                      Ids.show(Ids.without(nearest, hits.get(query).ids())),
                      hits.get(query)));
            });
    return text.toString();
  }

  /** What an index holds, as a source. */
  private static final class Content implements VectorSource {
    private final VectorIndex index;
    private final long[] ids;

    Content(VectorIndex index) {
      this.index = index;
      this.ids = index.ids();
    }

    @Override
    public int size() {
      return ids.length;
    }

    @Override
    public long id(int row) {
      return ids[row];
    }

    @Override
    public void copy(int row, float[] target) {
      float[] vector = index.vector(ids[row]);
      System.arraycopy(vector, 0, target, 0, target.length);
    }
  }
}
