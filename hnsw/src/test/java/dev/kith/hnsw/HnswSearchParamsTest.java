package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchParams;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.testkit.TestVectors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's efSearch is what the search uses; other indexes' params are refused. */
class HnswSearchParamsTest {
  private static final int DIMENSION = 12;
  private static final int ROWS = 3_000;

  private final float[] query = TestVectors.gaussian(1, DIMENSION, 9)[0];
  private MutableVectorIndex index;

  /** The params of some other index. */
  private record ForeignParams(int nprobe) implements SearchParams {}

  @BeforeEach
  void fill() {
    HnswConfig config = HnswConfig.builder(DIMENSION, Metric.L2).m(8).efConstruction(40).build();
    index = HnswIndex.create(config);
    index.addAll(VectorSource.of(TestVectors.gaussian(ROWS, DIMENSION, 1)), BulkOptions.defaults());
  }

  @AfterEach
  void close() {
    index.close();
  }

  private SearchRequest request(int k) {
    return SearchRequest.of(query, k);
  }

  private long distances(SearchRequest request) {
    return index.search(request).stats().distancesComputed();
  }

  @Test
  void bothEndsOfTheRangeAreTaken() {
    assertThat(new HnswSearchParams(1).efSearch()).isEqualTo(1);
    assertThat(new HnswSearchParams(1_000_000).efSearch()).isEqualTo(1_000_000);
    assertThat(index.search(request(3).params(new HnswSearchParams(1_000_000))).size())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000_001, Integer.MAX_VALUE})
  void anEfSearchOutOfRangeIsRefusedByNameValueAndRange(int efSearch) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswSearchParams(efSearch))
        .withMessage("efSearch: " + efSearch + ", expected 1 to 1000000");
  }

  @Test
  void bothEndsOfTheRerankFactorAreTaken() {
    assertThat(new HnswSearchParams(7).rerankFactor()).isZero();
    assertThat(new HnswSearchParams(7, 0)).isEqualTo(new HnswSearchParams(7));
    assertThat(new HnswSearchParams(7, 1_000).rerankFactor()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 1_001, Integer.MAX_VALUE})
  void aRerankFactorOutOfRangeIsRefusedByNameValueAndRange(int factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswSearchParams(10, factor))
        .withMessage("rerankFactor: " + factor + ", expected 0 to 1000");
  }

  @Test
  void withoutCodesTheRerankFactorIsOfNoEffect() {
    Hits plain = index.search(request(10).params(new HnswSearchParams(100)));
    Hits factor = index.search(request(10).params(new HnswSearchParams(100, 3)));

    assertThat(factor.ids()).isEqualTo(plain.ids());
    assertThat(factor.stats()).isEqualTo(plain.stats());
    assertThat(plain.stats().reranked()).isZero();
  }

  @Test
  void withoutParamsEfSearchIsTheDefault() {
    Hits plain = index.search(request(10));
    Hits hundred = index.search(request(10).params(new HnswSearchParams(100)));

    assertThat(HnswSearchParams.DEFAULT_EF_SEARCH).isEqualTo(100);
    assertThat(plain.ids()).isEqualTo(hundred.ids());
    assertThat(plain.stats()).isEqualTo(hundred.stats());
  }

  @Test
  void aWiderBeamLooksAtMore() {
    long narrow = distances(request(10).params(new HnswSearchParams(10)));
    long middle = distances(request(10).params(new HnswSearchParams(100)));
    long wide = distances(request(10).params(new HnswSearchParams(1_000)));

    assertThat(narrow).isLessThan(middle);
    assertThat(middle).isLessThan(wide);
  }

  @Test
  void whenEfSearchIsBelowKTheBeamIsAsWideAsK() {
    Hits narrow = index.search(request(50).params(new HnswSearchParams(1)));
    Hits asWide = index.search(request(50).params(new HnswSearchParams(50)));

    assertThat(narrow.size()).isEqualTo(50);
    assertThat(narrow.ids()).isEqualTo(asWide.ids());
    assertThat(narrow.stats()).isEqualTo(asWide.stats());
  }

  @Test
  void paramsOfAnotherIndexAreRefusedByName() {
    SearchRequest foreign = request(3).params(new ForeignParams(8));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.search(foreign))
        .withMessage("query: params ForeignParams[nprobe=8], expected HnswSearchParams");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.searchAll(List.of(request(3), foreign), BulkOptions.defaults()))
        .withMessage("request 1: params ForeignParams[nprobe=8], expected HnswSearchParams");
  }
}
