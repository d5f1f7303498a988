package dev.kith.benchmarks.engines;

import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** JVector over float32 in the heap. The effort is rerankK, the width of its beam. */
final class JVectorEngine implements Engine {
  private @Nullable ImmutableGraphIndex graph;
  private @Nullable RandomAccessVectorValues values;
  private VectorSimilarityFunction similarity = VectorSimilarityFunction.EUCLIDEAN;

  @Override
  public String config() {
    return JVectorGraph.config();
  }

  @Override
  public void build(Vectors vectors, int threads, Path folder) throws IOException {
    RandomAccessVectorValues rows = JVectorGraph.values(vectors);
    values = rows;
    similarity = JVectorGraph.similarity(vectors);
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      graph = JVectorGraph.build(vectors, rows, pool);
    }
  }

  @Override
  public long save(Path folder) throws IOException {
    Path file = folder.resolve("jvector.bin");
    OnDiskGraphIndex.write(graph(), values(), file);
    return Files.size(file);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // lives as long as the JVM of the measurement
  public Searcher searcher() {
    RandomAccessVectorValues rows = values().copy();
    VectorSimilarityFunction how = similarity;
    GraphSearcher searcher = new GraphSearcher(graph());
    return (query, k, effort, ids) -> {
      VectorFloat<?> vector = JVectorGraph.TYPES.createFloatVector(query);
      NodeScore[] nodes =
          searcher
              .search(
                  DefaultSearchScoreProvider.exact(vector, how, rows), k, effort, 0f, 0f, Bits.ALL)
              .getNodes();
      for (int i = 0; i < nodes.length; i++) {
        ids[i] = nodes[i].node;
      }
      return nodes.length;
    };
  }

  @Override
  public void close() throws IOException {
    graph().close();
  }

  private ImmutableGraphIndex graph() {
    return Objects.requireNonNull(graph, "not built");
  }

  private RandomAccessVectorValues values() {
    return Objects.requireNonNull(values, "not built");
  }
}
