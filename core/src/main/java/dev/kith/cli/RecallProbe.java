package dev.kith.cli;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorSource;
import dev.kith.eval.GroundTruth;
import dev.kith.eval.Recall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Searches an index, with default parameters, for a sample of the vectors it holds, and compares
 * with a scan of all of them.
 *
 * <p>The bounds are low enough for hard data and narrow graphs; an index below them is broken.
 */
final class RecallProbe {
  /** Vectors searched for, spread evenly over the ids. */
  static final int SAMPLE = 200;

  /** The least share of them that must be found. */
  static final double LEAST_FOUND = 0.9;

  /** The least mean recall@k of the answers. */
  static final double LEAST_RECALL = 0.5;

  private static final int K = 10;

  private final int size;
  private final int sample;
  private final boolean nearestToItself;
  private double found = 1;
  private double recall = 1;

  private RecallProbe(int size, int sample, boolean nearestToItself) {
    this.size = size;
    this.sample = sample;
    this.nearestToItself = nearestToItself;
  }

  /** Probes an index that keeps its vectors. */
  static RecallProbe of(VectorIndex index) {
    long[] ids = index.ids();
    float[][] queries = new float[Math.min(SAMPLE, ids.length)][];
    List<SearchRequest> requests = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      queries[i] = index.vector(ids[(int) ((long) i * ids.length / queries.length)]);
      requests.add(SearchRequest.of(queries[i], K));
    }
    // the nearest by inner product to a vector may be a longer one
    boolean nearestToItself = index.metric() != Metric.INNER_PRODUCT;
    RecallProbe probe = new RecallProbe(ids.length, queries.length, nearestToItself);
    if (queries.length > 0) {
      List<Hits> hits = index.searchAll(requests, BulkOptions.defaults());
      GroundTruth truth =
          GroundTruth.compute(
              new Stored(index, ids), queries, index.metric(), K, BulkOptions.defaults());
      probe.recall = Recall.at(K, truth, hits).mean();
      probe.found = found(truth, hits);
    }
    return probe;
  }

  /** The share whose first hit is as near as the nearest vector: itself, or a copy. */
  private static double found(GroundTruth truth, List<Hits> hits) {
    int found = 0;
    for (int i = 0; i < hits.size(); i++) {
      boolean any = hits.get(i).size() > 0;
      found += any && hits.get(i).distance(0) <= truth.distances(i)[0] ? 1 : 0;
    }
    return (double) found / hits.size();
  }

  String finding() {
    String what =
        String.format(
            Locale.ROOT,
            "searched for %d of %d vectors with default parameters: recall@%d %.3f",
            sample,
            size,
            K,
            recall);
    return nearestToItself ? what + String.format(Locale.ROOT, ", found %.3f", found) : what;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (nearestToItself && found < LEAST_FOUND) {
      problems.add(below("vectors that are found when they are searched for", found, LEAST_FOUND));
    }
    if (recall < LEAST_RECALL) {
      problems.add(below("mean recall@" + K, recall, LEAST_RECALL));
    }
    return problems;
  }

  private static String below(String what, double value, double least) {
    return String.format(Locale.ROOT, "%s: %.3f, expected at least %.2f", what, value, least);
  }

  /** The vectors of an index, one after the other. */
  private record Stored(VectorIndex index, long[] ids) implements VectorSource {
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
      System.arraycopy(vector, 0, target, 0, vector.length);
    }
  }
}
