package dev.kith.benchmarks.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The points of one engine, of which only those count that no other beats in both recall and
 * queries a second.
 */
public final class Curve {
  private final List<CurvePoint> points;
  private final List<CurvePoint> best;

  private Curve(List<CurvePoint> points) {
    this.points = List.copyOf(points);
    this.best = envelope(points);
  }

  /**
   * A value read off a curve.
   *
   * @param value the value
   * @param bound true when even the cheapest point has more recall, so that the value is that
   *     point's: what the engine does at least
   */
  public record Reading(double value, boolean bound) {}

  /**
   * Sorts points into curves.
   *
   * @param points of any number of engines
   * @return the curves, in the order in which they first occur
   */
  public static Map<CurvePoint.Key, Curve> of(List<CurvePoint> points) {
    Map<CurvePoint.Key, List<CurvePoint>> byKey = new LinkedHashMap<>();
    for (CurvePoint point : points) {
      byKey.computeIfAbsent(point.key(), key -> new ArrayList<>()).add(point);
    }
    Map<CurvePoint.Key, Curve> curves = new LinkedHashMap<>();
    byKey.forEach((key, own) -> curves.put(key, new Curve(own)));
    return curves;
  }

  /**
   * All its points.
   *
   * @return at least one, in the order given
   */
  public List<CurvePoint> points() {
    return points;
  }

  /**
   * The points that no other beats.
   *
   * @return ascending in recall, descending in queries a second
   */
  public List<CurvePoint> best() {
    return best;
  }

  /**
   * Queries a second at a recall.
   *
   * @param recall from 0 to 1
   * @return empty when the engine does not reach it
   */
  public Optional<Reading> qps(double recall) {
    return at(recall, CurvePoint::qps);
  }

  /**
   * Latency of the slowest hundredth at a recall.
   *
   * @param recall from 0 to 1
   * @return in microseconds; empty when the engine does not reach the recall
   */
  public Optional<Reading> p99(double recall) {
    return at(recall, CurvePoint::p99);
  }

  /** The logarithm of the value is linear in recall between the points on both sides. */
  private Optional<Reading> at(double recall, ToDoubleFunction<CurvePoint> value) {
    CurvePoint below = null;
    for (CurvePoint point : best) {
      double here = value.applyAsDouble(point);
      if (point.recall() >= recall) {
        if (below == null) {
          return Optional.of(new Reading(here, point.recall() > recall));
        }
        double share = (recall - below.recall()) / (point.recall() - below.recall());
        double log = (1 - share) * Math.log(value.applyAsDouble(below)) + share * Math.log(here);
        return Optional.of(new Reading(Math.exp(log), false));
      }
      below = point;
    }
    return Optional.empty();
  }

  private static List<CurvePoint> envelope(List<CurvePoint> points) {
    List<CurvePoint> descending = new ArrayList<>(points);
    descending.sort(
        Comparator.comparingDouble(CurvePoint::recall)
            .thenComparingDouble(CurvePoint::qps)
            .reversed());
    List<CurvePoint> kept = new ArrayList<>();
    for (CurvePoint point : descending) {
      if (kept.isEmpty() || point.qps() > kept.getFirst().qps()) {
        kept.addFirst(point);
      }
    }
    return List.copyOf(kept);
  }
}
