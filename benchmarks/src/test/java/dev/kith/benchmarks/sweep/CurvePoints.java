package dev.kith.benchmarks.sweep;

/** Points for tests. */
public final class CurvePoints {
  private CurvePoints() {}

  /** A point of an engine on a data set called {@code set}. */
  public static CurvePoint point(String engine, int effort, double recall, double qps) {
    return new CurvePoint(
        new CurvePoint.Key("set", engine, "m=16", 1),
        12.5,
        1_000_000,
        effort,
        10,
        recall,
        qps,
        1e6 / qps,
        2e6 / qps);
  }
}
