package dev.kith.benchmarks.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** One point for the same point of several repeats. */
final class Medians {
  private Medians() {}

  private record Place(CurvePoint.Key key, int effort, int k) {}

  /** The median of each value over the repeats that have the point. */
  static List<CurvePoint> over(List<List<CurvePoint>> repeats) {
    Map<Place, List<CurvePoint>> byPlace = new LinkedHashMap<>();
    for (List<CurvePoint> repeat : repeats) {
      for (CurvePoint p : repeat) {
        byPlace
            .computeIfAbsent(new Place(p.key(), p.effort(), p.k()), place -> new ArrayList<>())
            .add(p);
      }
    }
    List<CurvePoint> medians = new ArrayList<>();
    byPlace.forEach(
        (place, points) ->
            medians.add(
                new CurvePoint(
                    place.key(),
                    of(points, CurvePoint::buildSeconds),
                    Math.round(of(points, CurvePoint::indexBytes)),
                    place.effort(),
                    place.k(),
                    of(points, CurvePoint::recall),
                    of(points, CurvePoint::qps),
                    of(points, CurvePoint::p50),
                    of(points, CurvePoint::p99))));
    return medians;
  }

  static double of(double[] values) {
    return new Median().evaluate(values);
  }

  private static double of(List<CurvePoint> points, ToDoubleFunction<CurvePoint> value) {
    return of(points.stream().mapToDouble(value).toArray());
  }
}
