package dev.kith.benchmarks.sweep;

/**
 * What was measured of an engine at one effort: a line of {@code curves.csv}.
 *
 * @param key whose curve it is on
 * @param buildSeconds wall time of the build
 * @param indexBytes of the saved index, vectors included
 * @param effort efSearch or what the engine has in its place
 * @param k neighbours asked for
 * @param recall share of the true k found, mean over the queries
 * @param qps queries a second of all threads together
 * @param p50 median latency of a query in microseconds
 * @param p99 latency in microseconds that 99 % of the queries stay below
 */
public record CurvePoint(
    Key key,
    double buildSeconds,
    long indexBytes,
    int effort,
    int k,
    double recall,
    double qps,
    double p50,
    double p99) {

  /**
   * What is the same all along a curve.
   *
   * @param dataset name of the test set
   * @param engine name of the engine
   * @param config how the index was built
   * @param buildThreads threads that built it
   */
  public record Key(String dataset, String engine, String config, int buildThreads) {}
}
