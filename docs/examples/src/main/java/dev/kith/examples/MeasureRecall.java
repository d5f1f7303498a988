package dev.kith.examples;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.eval.ClusteredVectors;
import dev.kith.eval.Dataset;
import dev.kith.eval.Recall;
import java.util.List;

/** How many of the true neighbours an index finds. */
public final class MeasureRecall {
  private MeasureRecall() {}

  /**
   * Fills an index with made-up vectors and measures it.
   *
   * @param index an empty index of dimension 64 under L2
   * @return its recall, which prints as {@code recall@10 = 0.987 over 200 queries}
   */
  public static Recall measure(MutableVectorIndex index) {
    // @start region="recall"
    ClusteredVectors base = ClusteredVectors.of(10_000, 64, 1);
    Dataset data =
        Dataset.of("clustered", Metric.L2, base, base.queries(200), 10, BulkOptions.defaults());
    index.addAll(data.base(), BulkOptions.defaults());
    List<Hits> found = index.searchAll(data.requests(10), BulkOptions.defaults());
    Recall recall = Recall.at(10, data.truth(), found);
    // @end
    return recall;
  }
}
