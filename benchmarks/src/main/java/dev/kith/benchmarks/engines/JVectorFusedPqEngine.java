package dev.kith.benchmarks.engines;

import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndexWriter;
import io.github.jbellis.jvector.graph.disk.feature.Feature;
import io.github.jbellis.jvector.graph.disk.feature.FeatureId;
import io.github.jbellis.jvector.graph.disk.feature.FusedPQ;
import io.github.jbellis.jvector.graph.disk.feature.InlineVectors;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * JVector's graph in a mapped file with PQ codes of the neighbours beside the links, and float32
 * for the final order. The effort is rerankK: the width of the beam over codes, all of which is
 * then scored exactly. One byte for every 8 dimensions, as its own benchmarks have it.
 */
final class JVectorFusedPqEngine implements Engine {
  private static final int DIMENSIONS_PER_BYTE = 8;
  private static final int CENTROIDS = 256;

  private @Nullable ReaderSupplier file;
  private @Nullable OnDiskGraphIndex graph;
  private VectorSimilarityFunction similarity = VectorSimilarityFunction.EUCLIDEAN;

  @Override
  public String config() {
    return JVectorGraph.config() + " dimensionsPerByte=" + DIMENSIONS_PER_BYTE;
  }

  @Override
  public void build(Vectors vectors, int threads, Path folder) throws IOException {
    RandomAccessVectorValues values = JVectorGraph.values(vectors);
    try (ForkJoinPool pool = new ForkJoinPool(threads);
        ImmutableGraphIndex heapGraph = JVectorGraph.build(vectors, values, pool)) {
      ProductQuantization pq =
          ProductQuantization.compute(
              values,
              Math.max(1, vectors.dimension() / DIMENSIONS_PER_BYTE),
              CENTROIDS,
              JVectorGraph.similarity(vectors) == VectorSimilarityFunction.EUCLIDEAN,
              -1f,
              pool,
              pool);
      PQVectors codes = pq.encodeAll(values, pool);
      try (OnDiskGraphIndexWriter writer =
              new OnDiskGraphIndexWriter.Builder(heapGraph, path(folder))
                  .with(new InlineVectors(vectors.dimension()))
                  .with(new FusedPQ(heapGraph.maxDegree(), pq))
                  .build();
          ImmutableGraphIndex.View view = heapGraph.getView()) {
        Map<FeatureId, IntFunction<Feature.State>> features = new EnumMap<>(FeatureId.class);
        features.put(
            FeatureId.INLINE_VECTORS, row -> new InlineVectors.State(values.getVector(row)));
        features.put(FeatureId.FUSED_PQ, row -> new FusedPQ.State(view, codes, row));
        writer.write(features);
      }
    }
    load(vectors, folder);
  }

  @Override
  public long save(Path folder) throws IOException {
    return Files.size(path(folder));
  }

  @Override
  public boolean load(Vectors vectors, Path folder) throws IOException {
    similarity = JVectorGraph.similarity(vectors);
    ReaderSupplier opened = ReaderSupplierFactory.open(path(folder));
    file = opened;
    graph = OnDiskGraphIndex.load(opened);
    return true;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // lives as long as the JVM of the measurement
  public Searcher searcher() {
    VectorSimilarityFunction how = similarity;
    GraphSearcher searcher =
        new GraphSearcher(Objects.requireNonNull(graph, "neither built nor loaded"));
    ImmutableGraphIndex.ScoringView view = (ImmutableGraphIndex.ScoringView) searcher.getView();
    return (query, k, effort, ids) -> {
      VectorFloat<?> vector = JVectorGraph.TYPES.createFloatVector(query);
      var scores =
          new DefaultSearchScoreProvider(
              view.approximateScoreFunctionFor(vector, how), view.rerankerFor(vector, how));
      NodeScore[] nodes = searcher.search(scores, k, effort, 0f, 0f, Bits.ALL).getNodes();
      for (int i = 0; i < nodes.length; i++) {
        ids[i] = nodes[i].node;
      }
      return nodes.length;
    };
  }

  @Override
  public void close() throws IOException {
    Objects.requireNonNull(graph).close();
    Objects.requireNonNull(file).close();
  }

  private static Path path(Path folder) {
    return folder.resolve("jvector-fusedpq.bin");
  }
}
