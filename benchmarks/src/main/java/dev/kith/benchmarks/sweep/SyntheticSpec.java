package dev.kith.benchmarks.sweep;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.benchmarks.UsageException;
import dev.kith.eval.ClusteredVectors;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clustered vectors that are drawn instead of read: {@code synthetic:n=100000,d=128,seed=1}.
 *
 * @param rows vectors, at least 1
 * @param dimension components of each
 * @param seed of the generator
 */
record SyntheticSpec(int rows, int dimension, long seed) {
  static final String PREFIX = "synthetic:";

  private static final int QUERIES = 1000;

  SyntheticSpec {
    if (rows < 1) {
      throw new UsageException("--dataset: n=" + rows + ", expected at least 1");
    }
    if (dimension < 1 || dimension > IndexSpec.MAX_DIMENSION) {
      throw new UsageException(
          "--dataset: d=" + dimension + ", expected 1 to " + IndexSpec.MAX_DIMENSION);
    }
  }

  /** Reads the spec; the seed may be left out and is then 1. */
  static SyntheticSpec parse(String spec) {
    Map<String, Long> values = new HashMap<>();
    for (String part : spec.substring(PREFIX.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? "" : part.substring(0, equals).strip();
      boolean known = key.equals("n") || key.equals("d") || key.equals("seed");
      if (!known || values.containsKey(key)) {
        throw bad(spec);
      }
      try {
        values.put(key, Long.parseLong(part.substring(equals + 1).strip()));
      } catch (NumberFormatException e) {
        throw bad(spec);
      }
    }
    Long rows = values.get("n");
    Long dimension = values.get("d");
    if (rows == null || dimension == null) {
      throw bad(spec);
    }
    return new SyntheticSpec(
        (int) Math.min(rows, Integer.MAX_VALUE),
        (int) Math.min(dimension, Integer.MAX_VALUE),
        values.getOrDefault("seed", 1L));
  }

  TestSet generate(@Nullable Metric metric, int limit) {
    ClusteredVectors made = ClusteredVectors.of(rows, dimension, seed);
    int count = limit > 0 ? Math.min(limit, rows) : rows;
    float[][] base = new float[count][dimension];
    for (int row = 0; row < count; row++) {
      made.copy(row, base[row]);
    }
    String name = "synthetic-n" + rows + "-d" + dimension + "-seed" + seed;
    return new TestSet(
        TestSets.name(name, count, rows),
        metric == null ? Metric.L2 : metric,
        base,
        made.queries(QUERIES),
        null);
  }

  private static UsageException bad(String spec) {
    return new UsageException(
        "--dataset: \"" + spec + "\", expected synthetic:n=ROWS,d=DIMENSION,seed=SEED");
  }
}
