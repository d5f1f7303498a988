package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Recall;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tests of the promises R2 to R5 and Q1 do alike. */
final class ReliabilityRig {
  static final boolean LONG = Boolean.getBoolean("kith.long");

  private ReliabilityRig() {}

  static MutableVectorIndex holding(HnswConfig config, VectorSource source) {
    MutableVectorIndex index = HnswIndex.create(config);
    index.addAll(source, BulkOptions.defaults().threads(2));
    return index;
  }

  static List<SearchRequest> requests(
      float[][] queries, int k, int efSearch, @Nullable IdFilter filter) {
    return Arrays.stream(queries)
        .map(query -> SearchRequest.of(query, k).params(new HnswSearchParams(efSearch)))
        .map(request -> filter == null ? request : request.filter(filter))
        .toList();
  }

  static List<Hits> search(VectorIndex index, List<SearchRequest> requests) {
    return index.searchAll(requests, BulkOptions.defaults().threads(2));
  }

  /** The exact answers, from the vectors that the index itself holds. */
  static GroundTruth truth(VectorIndex index, float[][] queries, int k, @Nullable IdFilter filter) {
    try (FlatIndex exact = FlatIndex.create(index.dimension(), index.metric())) {
      for (long id : index.ids()) {
        exact.add(id, index.vector(id));
      }
      List<SearchRequest> requests =
          Arrays.stream(queries)
              .map(query -> SearchRequest.of(query, k))
              .map(request -> filter == null ? request : request.filter(filter))
              .toList();
      return GroundTruth.of(search(exact, requests), k);
    }
  }

  /** Recall@10 against an exact search of the same vectors. */
  static double recall(VectorIndex index, float[][] queries, int efSearch) {
    List<Hits> found = search(index, requests(queries, 10, efSearch, null));
    return Recall.at(10, truth(index, queries, 10, null), found).mean();
  }

  /** Fails unless a search for each of some vectors finds it or one that is as near to it. */
  static void assertFindThemselves(VectorIndex index, long[] ids) {
    for (long id : ids) {
      SearchRequest request = SearchRequest.of(index.vector(id), 1);
      Hits hits = index.search(request);
      assertThat(hits.size()).as("hits for vector %s", id).isOne();
      assertThat(hits.distance(0))
          .as("nearest to vector %s, found %s", id, hits.id(0))
          .isLessThanOrEqualTo(ownDistance(index, id));
    }
  }

  /** The distance of a vector to itself: zero under L2, about zero under COSINE. */
  private static float ownDistance(VectorIndex index, long id) {
    IdFilter itself = candidate -> candidate == id;
    return index.search(SearchRequest.of(index.vector(id), 1).filter(itself)).distance(0);
  }

  /** Fails unless what is saved holds what the index holds and every part of it is sound. */
  static void assertSavedSound(VectorIndex index, Path directory) throws IOException {
    index.save(directory);
    assertThat(VectorIndexes.check(directory).problems()).isEmpty();
    try (VectorIndex stored = VectorIndexes.open(directory)) {
      assertThat(stored.ids()).containsExactly(index.ids());
    }
  }
}
