package dev.kith.flat;

import dev.kith.BulkOptions;
import dev.kith.InsufficientMemoryException;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.internal.storage.SmallIndex;
import java.util.Arrays;

/** Fills the heap of a JVM that exists for it alone; see {@link FlatMemoryTest}. */
final class HeapProgram {
  private static final BulkOptions ALONE = BulkOptions.defaults().threads(1);

  private HeapProgram() {}

  public static void main(String[] arguments) {
    if (arguments[0].equals("measure")) {
      measure();
    } else {
      overfill();
    }
  }

  /** Prints the metric, the estimated and the really held bytes. */
  private static void measure() {
    measure(Metric.L2, 200, 1000, false); // loads classes
    for (Metric metric : Metric.values()) {
      measure(metric, 200, 40_000, true);
      measure(metric, 30, 200_000, true);
    }
  }

  private static void measure(Metric metric, int dimension, int vectors, boolean print) {
    long before = held();
    FlatIndex index = FlatIndex.create(dimension, metric);
    index.addAll(ones(dimension, vectors), ALONE);
    long bytes = held() - before;
    if (print) {
      long estimate = FlatIndex.estimate(dimension, metric, vectors).totalBytes();
      System.out.println(metric + " " + estimate + " " + bytes);
    }
    index.close();
  }

  private static long held() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void overfill() {
    int dimension = 1024;
    FlatIndex index = FlatIndex.create(dimension, Metric.COSINE);
    index.addAll(ones(dimension, 100), ALONE);
    String before = SmallIndex.describe(index);
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        index.addAll(ones(dimension, 40_000), ALONE);
        throw new AssertionError("160 MB in a heap of 48");
      } catch (InsufficientMemoryException e) {
        require(e.needed() > e.available() && e.available() >= 0, "numbers: " + e);
        require(e.getMessage().contains("-Xmx"), "message: " + e);
      }
      require(index.size() == 100, "the size");
      require(SmallIndex.describe(index).equals(before), "the content");
      index.search(SearchRequest.of(SmallIndex.vector(dimension, 1), 3));
    }
    index.add(-1, SmallIndex.vector(dimension, 1));
    index.addAll(ones(dimension, 10), ALONE);
    index.remove(-1);
    index.compact();
    require(index.size() == 100, "the size in the end");
    System.out.println("survived");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  private static VectorSource ones(int dimension, int count) {
    return new VectorSource() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public long id(int row) {
        return row;
      }

      @Override
      public void copy(int row, float[] target) {
        Arrays.fill(target, 0, dimension, 1f);
      }
    };
  }
}
