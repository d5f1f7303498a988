package dev.kith.examples;

import dev.kith.BulkOptions;
import dev.kith.Hit;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import java.io.IOException;
import java.nio.file.Path;

/** The ten lines of the README: build, save, open, search. */
public final class TenLines {
  private TenLines() {}

  /**
   * Builds an index, saves it, opens it and prints the neighbours of a query.
   *
   * @param ids one id per vector
   * @param vectors 384 components each
   * @param vector another vector, to be stored under id 42
   * @param query the vector whose neighbours are wanted
   * @param directory where to save
   * @throws IOException if saving or opening fails
   */
  public static void run(
      long[] ids, float[][] vectors, float[] vector, float[] query, Path directory)
      throws IOException {
    // @start region="ten-lines"
    var config = HnswConfig.builder(384, Metric.COSINE).m(16).efConstruction(200).build();
    try (MutableVectorIndex index = HnswIndex.create(config)) {
      index.addAll(VectorSource.of(ids, vectors), BulkOptions.defaults()); // on all cores
      index.add(42L, vector); // upsert: true = new id, false = replaced
      index.save(directory); // atomic, durable when it returns
    }
    try (VectorIndex index = VectorIndexes.open(directory)) {
      for (Hit hit : index.search(SearchRequest.of(query, 10).filter(id -> id % 2 == 0))) {
        System.out.println(hit.id() + " " + hit.distance());
      }
    }
    // @end
  }
}
