package dev.kith.testkit;

import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The oracle of the contract: a sorted map from id to vector, and distances in double precision.
 *
 * <p>What an index may differ by is the rounding of float32 sums. On vectors of small whole numbers
 * there is none under L2 and INNER_PRODUCT, and the answer is demanded to the bit, ties included.
 */
final class Model {
  /** Half an ulp of 1 in float32, the error of one rounding. */
  private static final double ROUNDING = 0x1p-24;

  private final Metric metric;
  private final TreeMap<Long, float[]> rows = new TreeMap<>();

  Model(Metric metric) {
    this.metric = metric;
  }

  static Model of(Metric metric, VectorSource source, int dimension) {
    Model model = new Model(metric);
    for (int i = 0; i < source.size(); i++) {
      float[] vector = new float[dimension];
      source.copy(i, vector);
      model.put(source.id(i), vector);
    }
    return model;
  }

  boolean put(long id, float[] vector) {
    return rows.put(id, vector.clone()) == null;
  }

  boolean remove(long id) {
    return rows.remove(id) != null;
  }

  int size() {
    return rows.size();
  }

  long[] ids() {
    return rows.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  float @Nullable [] vector(long id) {
    return rows.get(id);
  }

  /** Fails unless the hits are exactly what the request asks for, up to rounding. */
  void checkExact(SearchRequest request, Hits hits) {
    Judgement judgement = new Judgement(request, hits);
    judgement.sound();
    judgement.exact();
  }

  /**
   * Fails unless the hits could be the answer of an approximate index: only ids that are stored and
   * asked for, with their true distances, in order.
   */
  void checkSound(SearchRequest request, Hits hits) {
    new Judgement(request, hits).sound();
  }

  /**
   * The part of the true neighbours that was found, from 0 to 1; vectors as near as a true
   * neighbour count.
   */
  double recall(SearchRequest request, Hits hits) {
    List<Candidate> truth = candidates(request);
    int wanted = Math.min(request.k(), truth.size());
    if (wanted == 0) {
      return 1;
    }
    Candidate last = truth.get(wanted - 1);
    long found = 0;
    for (Candidate candidate : truth) {
      if (candidate.distance() <= last.distance() + last.tolerance()
          && contains(hits, candidate.id())) {
        found++;
      }
    }
    return Math.min(1, (double) found / wanted);
  }

  /**
   * How many hits a complete answer has; rounding at the edge of {@code maxDistance} is not
   * considered.
   */
  int expectedSize(SearchRequest request) {
    return Math.min(request.k(), candidates(request).size());
  }

  static double distance(Metric metric, float[] a, float[] b) {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
      apart += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return switch (metric) {
      case L2 -> apart;
      case INNER_PRODUCT -> -dot;
      case COSINE -> 1 - dot / (Math.sqrt(squareA) * Math.sqrt(squareB));
    };
  }

  /** How far a float32 distance may be from the true one. */
  private static double tolerance(Metric metric, float[] a, float[] b) {
    if (metric != Metric.COSINE && wholeNumbers(a) && wholeNumbers(b)) {
      return 0;
    }
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    double norms = Math.sqrt(squareA) * Math.sqrt(squareB);
    double scale =
        switch (metric) {
          case L2 -> squareA + squareB + 2 * norms;
          case INNER_PRODUCT -> norms;
          case COSINE -> 1;
        };
    // At least 16 lanes add in parallel, so a sum has a sixteenth of the roundings; 16 more for the
    // rest.
    return scale * ROUNDING * (16 + a.length / 16.0) + Float.MIN_NORMAL;
  }

  private static boolean wholeNumbers(float[] vector) {
    for (float x : vector) {
      if (x != Math.rint(x) || Math.abs(x) > 8) {
        return false;
      }
    }
    return vector.length <= 32_768;
  }

  private static boolean contains(Hits hits, long id) {
    for (int i = 0; i < hits.size(); i++) {
      if (hits.id(i) == id) {
        return true;
      }
    }
    return false;
  }

  /** All rows that the request accepts, nearest first. */
  private List<Candidate> candidates(SearchRequest request) {
    float[] query = request.query();
    IdFilter filter = request.filter();
    List<Candidate> result = new ArrayList<>();
    for (Map.Entry<Long, float[]> row : rows.entrySet()) {
      long id = row.getKey();
      if (filter != null && !filter.accepts(id)) {
        continue;
      }
      double distance = distance(metric, query, row.getValue());
      if (distance <= request.maxDistance()) {
        result.add(new Candidate(id, distance, tolerance(metric, query, row.getValue())));
      }
    }
    result.sort(Candidate.NEAREST_FIRST);
    return result;
  }

  private record Candidate(long id, double distance, double tolerance) {
    static final java.util.Comparator<Candidate> NEAREST_FIRST =
        java.util.Comparator.comparingDouble(Candidate::distance).thenComparingLong(Candidate::id);
  }

  /** One answer, looked at from all sides. */
  private final class Judgement {
    private final SearchRequest request;
    private final Hits hits;
    private final float[] query;
    private final Set<Long> returned = new HashSet<>();

    Judgement(SearchRequest request, Hits hits) {
      this.request = request;
      this.hits = hits;
      this.query = request.query();
    }

    void sound() {
      if (hits.size() > request.k()) {
        throw failure("has more than k = " + request.k() + " hits");
      }
      for (int rank = 0; rank < hits.size(); rank++) {
        soundHit(rank);
      }
    }

    private void soundHit(int rank) {
      long id = hits.id(rank);
      float distance = hits.distance(rank);
      float[] vector = rows.get(id);
      if (!returned.add(id)) {
        throw failure("holds id " + id + " twice");
      }
      if (vector == null) {
        throw failure("holds id " + id + ", which is not stored");
      }
      IdFilter filter = request.filter();
      if (filter != null && !filter.accepts(id)) {
        throw failure("holds id " + id + ", which the filter does not accept");
      }
      double expected = distance(metric, query, vector);
      double tolerance = tolerance(metric, query, vector);
      if (!(Math.abs(distance - expected) <= tolerance || distance == (float) expected)) {
        throw failure(
            "gives id "
                + id
                + " the distance "
                + distance
                + ", expected "
                + expected
                + " +- "
                + tolerance);
      }
      if (!(distance <= request.maxDistance())) {
        throw failure(
            "holds id " + id + " at " + distance + ", beyond maxDistance " + request.maxDistance());
      }
      if (rank > 0) {
        float before = hits.distance(rank - 1);
        if (before > distance || (before == distance && hits.id(rank - 1) > id)) {
          throw failure("is not in order at rank " + rank);
        }
      }
    }

    void exact() {
      IdFilter filter = request.filter();
      int sure = 0;
      int possible = 0;
      for (Map.Entry<Long, float[]> row : rows.entrySet()) {
        if (filter != null && !filter.accepts(row.getKey())) {
          continue;
        }
        double distance = distance(metric, query, row.getValue());
        double tolerance = tolerance(metric, query, row.getValue());
        sure += distance + tolerance <= request.maxDistance() ? 1 : 0;
        if (distance - tolerance <= request.maxDistance()) {
          possible++;
          notMissed(row.getKey(), row.getValue(), distance, tolerance);
        }
      }
      int least = Math.min(request.k(), sure);
      int most = Math.min(request.k(), possible);
      if (hits.size() < least || hits.size() > most) {
        throw failure(
            "has "
                + hits.size()
                + " hits, expected "
                + (least == most ? least : least + " to " + most));
      }
    }

    /** A row that was not returned must not belong before the last one that was. */
    private void notMissed(long id, float[] vector, double distance, double tolerance) {
      if (returned.contains(id) || hits.size() < request.k()) {
        return;
      }
      int last = hits.size() - 1;
      float worst = hits.distance(last);
      boolean nearer =
          tolerance == 0
              ? distance < worst || (distance == worst && id < hits.id(last))
              : distance + 2 * tolerance < worst;
      if (nearer) {
        throw failure("misses id " + id + " at " + distance + ", the last hit is at " + worst);
      }
      for (int rank = 0; rank < hits.size(); rank++) {
        if (id < hits.id(rank) && Arrays.equals(vector, rows.get(hits.id(rank)))) {
          throw failure(
              "misses id " + id + " but holds the equal vector of the larger id " + hits.id(rank));
        }
      }
    }

    private AssertionError failure(String what) {
      return new AssertionError(
          "the answer to "
              + request
              + " over "
              + rows.size()
              + " vectors "
              + what
              + "\nanswer: "
              + hits);
    }
  }
}
