package dev.kith.benchmarks.engines;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.management.GraphIndexBuilderConfig;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** JVector's graph over float32 in the heap, as both of its engines start with. */
final class JVectorGraph {
  /**
   * The most links of a node, all on one level below a thin hierarchy; hnswlib's M = 16 allows 32
   * there.
   */
  static final int DEGREE = 2 * Engine.M;

  /** As its tutorial has them. */
  private static final float OVERFLOW = 1.2f;

  private static final float ALPHA = 1.2f;

  static final VectorTypeSupport TYPES = VectorizationProvider.getInstance().getVectorTypeSupport();

  private JVectorGraph() {}

  static String config() {
    String provider = VectorizationProvider.getInstance().getClass().getSimpleName();
    return "M="
        + DEGREE
        + " efConstruction="
        + Engine.EF_CONSTRUCTION
        + " provider="
        + provider.replace("VectorizationProvider", "");
  }

  static VectorSimilarityFunction similarity(Vectors vectors) {
    return switch (vectors.metric()) {
      case L2 -> VectorSimilarityFunction.EUCLIDEAN;
      // Rows of length one.
      case COSINE, INNER_PRODUCT -> VectorSimilarityFunction.DOT_PRODUCT;
    };
  }

  static RandomAccessVectorValues values(Vectors vectors) {
    List<VectorFloat<?>> rows = new ArrayList<>();
    for (float[] row : vectors.rows()) {
      rows.add(TYPES.createFloatVector(row));
    }
    return new ListRandomAccessVectorValues(rows, vectors.dimension());
  }

  static ImmutableGraphIndex build(
      Vectors vectors, RandomAccessVectorValues values, ForkJoinPool pool) throws IOException {
    BuildScoreProvider scores =
        BuildScoreProvider.randomAccessScoreProvider(values, similarity(vectors));
    // One setting of the whole JVM; by default the pool is left idle. The others stay at their
    // defaults: a hierarchy, and a last pass that refines the graph.
    GraphIndexBuilderConfig.getInstance().setParallelBuild(pool.getParallelism() > 1);
    try (GraphIndexBuilder builder =
        GraphIndexBuilder.builder(scores, vectors.dimension(), DEGREE)
            .withBeamWidth(Engine.EF_CONSTRUCTION)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .withSimdExecutor(pool)
            .withParallelExecutor(pool)
            .build()) {
      return builder.build(values);
    }
  }
}
