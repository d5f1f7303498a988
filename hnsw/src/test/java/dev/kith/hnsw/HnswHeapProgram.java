package dev.kith.hnsw;

import dev.kith.BulkOptions;
import dev.kith.Metric;
import dev.kith.VectorSource;
import java.util.SplittableRandom;

/** Measures the heap of a JVM that exists for it alone; see {@link HnswEstimateTest}. */
final class HnswHeapProgram {
  private HnswHeapProgram() {}

  /** Prints the estimated and the really held bytes, a line for each index. */
  public static void main(String[] arguments) {
    measure(HnswConfig.builder(8, Metric.COSINE).efConstruction(8).build(), 1_000); // loads classes
    for (int m : new int[] {4, 16}) {
      HnswConfig config = HnswConfig.builder(100, Metric.COSINE).m(m).efConstruction(8).build();
      System.out.println(measure(config, 20_000));
    }
  }

  private static String measure(HnswConfig config, int vectors) {
    long before = held();
    try (HnswIndex index = HnswIndex.create(config)) {
      index.addAll(random(config.dimension(), vectors), BulkOptions.defaults().threads(1));
      long bytes = held() - before;
      return HnswIndex.estimate(config, vectors).totalBytes() + " " + bytes;
    }
  }

  private static long held() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Vectors that are not held anywhere. */
  static VectorSource random(int dimension, int count) {
    return new VectorSource() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public long id(int row) {
        return 3L * row;
      }

      @Override
      public void copy(int row, float[] target) {
        SplittableRandom random = new SplittableRandom(row);
        for (int i = 0; i < dimension; i++) {
          target[i] = (float) random.nextDouble(-1, 1);
        }
      }
    };
  }
}
