package dev.kith.eval;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.BulkProgress;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches a source exactly, block by block: each block becomes a {@link FlatIndex} for a while,
 * and what it finds is merged with what was found before. So the base is never in the heap twice.
 */
final class ExactSearch {
  /** Floats in a block: 64 MiB. Large against the queries, small against any heap. */
  private static final int BLOCK_FLOATS = 1 << 24;

  private ExactSearch() {}

  static List<Hits> search(
      VectorSource base, float[][] queries, Metric metric, int k, BulkOptions options) {
    List<SearchRequest> requests = requests(queries, k);
    int dimension = queries[0].length;
    return search(base, requests, dimension, metric, BLOCK_FLOATS / dimension, options);
  }

  static List<Hits> search(
      VectorSource base,
      List<SearchRequest> requests,
      int dimension,
      Metric metric,
      int blockRows,
      BulkOptions options) {
    checkDistinct(base);
    List<Hits> best = List.of();
    int first = 0;
    do {
      Block block = new Block(base, first, Math.min(blockRows, base.size() - first));
      List<Hits> found = searchBlock(block, requests, dimension, metric, options);
      best = first == 0 ? found : merge(best, found, requests.getFirst().k());
      first += block.size();
    } while (first < base.size());
    return best;
  }

  /** Makes the requests, all of one dimension. */
  static List<SearchRequest> requests(float[][] queries, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k: " + k + ", expected at least 1");
    }
    if (queries.length == 0) {
      throw new IllegalArgumentException("queries: empty, expected at least one");
    }
    List<SearchRequest> requests = new ArrayList<>(queries.length);
    for (int i = 0; i < queries.length; i++) {
      if (queries[i].length != queries[0].length) {
        throw new IllegalArgumentException(
            "queries["
                + i
                + "]: dimension "
                + queries[i].length
                + ", queries[0] has "
                + queries[0].length);
      }
      try {
        requests.add(SearchRequest.of(queries[i], k));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("queries[" + i + "]: " + e.getMessage(), e);
      }
    }
    return requests;
  }

  private static List<Hits> searchBlock(
      Block block,
      List<SearchRequest> requests,
      int dimension,
      Metric metric,
      BulkOptions options) {
    BulkProgress progress = options.progress();
    try (FlatIndex index = FlatIndex.create(dimension, metric)) {
      index.addAll(block, options.progress((done, total) -> {}));
      return index.searchAll(
          requests,
          options.progress(
              (done, total) ->
                  progress.progress(block.first + block.size() * done / total, block.base.size())));
    } catch (BulkCancelledException e) {
      var cancelled = new BulkCancelledException("exact search", 0, block.base.size());
      cancelled.initCause(e);
      throw cancelled;
    } catch (IllegalArgumentException e) {
      if (block.first == 0) {
        throw e;
      }
      throw new IllegalArgumentException(
          "base: counting rows from row " + block.first + " on: " + e.getMessage(), e);
    }
  }

  private static List<Hits> merge(List<Hits> some, List<Hits> others, int k) {
    List<Hits> merged = new ArrayList<>(some.size());
    for (int i = 0; i < some.size(); i++) {
      merged.add(merge(some.get(i), others.get(i), k));
    }
    return merged;
  }

  private static Hits merge(Hits a, Hits b, int k) {
    int n = (int) Math.min((long) a.size() + b.size(), k);
    long[] ids = new long[n];
    float[] distances = new float[n];
    int fromA = 0;
    int fromB = 0;
    for (int i = 0; i < n; i++) {
      boolean takeA = fromB == b.size() || (fromA < a.size() && precedes(a, fromA, b, fromB));
      Hits from = takeA ? a : b;
      int rank = takeA ? fromA++ : fromB++;
      ids[i] = from.id(rank);
      distances[i] = from.distance(rank);
    }
    return Hits.of(ids, distances, a.complete() && b.complete(), sum(a.stats(), b.stats()));
  }

  private static boolean precedes(Hits a, int rankA, Hits b, int rankB) {
    float distanceA = a.distance(rankA);
    float distanceB = b.distance(rankB);
    return distanceA < distanceB || (distanceA == distanceB && a.id(rankA) < b.id(rankB));
  }

  private static SearchStats sum(SearchStats a, SearchStats b) {
    return new SearchStats(
        a.strategy(),
        a.distancesComputed() + b.distancesComputed(),
        a.nodesVisited() + b.nodesVisited(),
        a.reranked() + b.reranked(),
        1);
  }

  /** An index would replace the earlier row of an id by the later one; blocks cannot. */
  private static void checkDistinct(VectorSource base) {
    long[] ids = new long[base.size()];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = base.id(row);
    }
    Arrays.sort(ids);
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] == ids[i - 1]) {
        throw new IllegalArgumentException("base: the id " + ids[i] + " occurs twice");
      }
    }
  }

  /** Some consecutive rows of a source. */
  private static final class Block implements VectorSource {
    private final VectorSource base;
    private final int first;
    private final int size;

    Block(VectorSource base, int first, int size) {
      this.base = base;
      this.first = first;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public long id(int row) {
      return base.id(first + row);
    }

    @Override
    public void copy(int row, float[] target) {
      base.copy(first + row, target);
    }
  }
}
