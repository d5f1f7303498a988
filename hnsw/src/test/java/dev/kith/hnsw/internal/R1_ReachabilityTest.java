package dev.kith.hnsw.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorIndexes;
import dev.kith.VectorSource;
import dev.kith.hnsw.HnswConfig;
import dev.kith.hnsw.HnswIndex;
import dev.kith.hnsw.HnswSearchParams;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.rows.TableRows;
import dev.kith.testkit.Seed;
import dev.kith.testkit.TestVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R1: every live row can be reached from the entry point on the lowest level, and finds itself;
 * whatever the data, the number of threads, and the way it came in.
 */
class R1_ReachabilityTest {
  private static final int DIMENSION = 16;
  private static final int ROWS = Boolean.getBoolean("kith.long") ? 20_000 : 2_000;
  private static final int SAMPLE = 100;

  @TempDir private Path folder;

  /** Data that graphs find easy or hard. */
  enum Shape {
    UNIFORM,
    CLUSTERED,
    TENTH_DUPLICATES,
    SORTED,
    COLLINEAR;

    float[][] rows(int count, long seed) {
      return switch (this) {
        case UNIFORM -> uniform(count, seed);
        case CLUSTERED -> TestVectors.clustered(count, DIMENSION, 40, seed);
        case TENTH_DUPLICATES -> {
          float[][] rows = TestVectors.clustered(count, DIMENSION, 40, seed);
          for (int i = 9; i < count; i += 10) {
            rows[i] = rows[i * 7 % count / 10 * 10].clone();
          }
          yield rows;
        }
        case SORTED -> {
          float[][] rows = uniform(count, seed);
          Arrays.sort(rows, Comparator.comparingDouble(row -> row[0]));
          yield rows;
        }
        case COLLINEAR -> TestVectors.collinear(count, DIMENSION, seed);
      };
    }

    private static float[][] uniform(int count, long seed) {
      Random random = new Random(seed);
      float[][] rows = new float[count][DIMENSION];
      for (float[] row : rows) {
        for (int d = 0; d < DIMENSION; d++) {
          row[d] = random.nextFloat();
        }
      }
      return rows;
    }
  }

  private static LiveGraph empty(Metric metric, int m, int efConstruction) {
    return new LiveGraph(
        new GraphParameters(DIMENSION, metric, m, efConstruction, 0, 0, HnswConfig.DEFAULT_SEED),
        new Epochs());
  }

  private static LiveGraph empty(Metric metric) {
    return empty(metric, HnswConfig.DEFAULT_M, HnswConfig.DEFAULT_EF_CONSTRUCTION);
  }

  private static int unreachable(LiveGraph graph) {
    TableRows rows = graph.rows();
    return Reach.ofEntryPoint(graph.links())
        .missing(rows.limit(), row -> (rows.alive(row >>> 6) >>> row & 1) != 0);
  }

  private static Hits search(LiveGraph graph, SearchRequest request) {
    GraphSearch search = graph.searches().borrow();
    Hits hits =
        search.search(graph.links(), graph.rows(), request, HnswSearchParams.DEFAULT_EF_SEARCH, 0);
    graph.searches().giveBack(search);
    return hits;
  }

  /** The nearest to a sample of vectors is as near as the vector itself: it, or a copy of it. */
  private static void assertEachFindsItself(LiveGraph graph) {
    TableRows rows = graph.rows();
    long[] ids = rows.ids();
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < ids.length; i += Math.max(1, ids.length / SAMPLE)) {
      rows.vectors().decode(rows.row(ids[i]), vector);
      SearchRequest request = SearchRequest.of(vector, 1);
      float toItself = search(graph, request.filter(IdSet.of(ids[i]))).distance(0);
      Hits nearest = search(graph, request);
      assertThat(nearest.stats().strategy()).isEqualTo("graph");
      assertThat(nearest.distance(0))
          .as("nearest to vector %s", ids[i])
          .isLessThanOrEqualTo(toItself);
    }
  }

  private static void assertSound(LiveGraph graph, Metric metric) {
    assertThat(unreachable(graph)).as("live rows that cannot be reached").isZero();
    if (metric != Metric.INNER_PRODUCT) { // there the nearest is a long vector, not the same one
      assertEachFindsItself(graph);
    }
  }

  @ParameterizedTest
  @EnumSource
  void buildsWithAnyNumberOfThreadsReachEveryRow(Shape shape) {
    float[][] rows = shape.rows(ROWS, 1);
    for (Metric metric : Metric.values()) {
      for (int threads : new int[] {1, 2, 8}) {
        LiveGraph graph = empty(metric);
        graph.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(threads));
        assertSound(graph, metric);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void buildsWithFewLinksReachEveryRow(Shape shape) {
    float[][] rows = shape.rows(ROWS, 2);
    for (Metric metric : Metric.values()) {
      LiveGraph graph = empty(metric, 2, 10);
      graph.addAll(VectorSource.of(rows), BulkOptions.defaults().threads(2));
      assertThat(unreachable(graph)).as("%s: rows not reached", metric).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void singleAdditionsReachEveryRow(Shape shape) {
    float[][] rows = shape.rows(ROWS, 3);
    for (Metric metric : Metric.values()) {
      LiveGraph graph = empty(metric);
      for (int i = 0; i < rows.length; i++) {
        graph.add(i, rows[i]);
      }
      assertSound(graph, metric);
    }
  }

  @ParameterizedTest
  @EnumSource
  void singleAdditionsToABuildReachEveryRow(Shape shape) {
    float[][] rows = shape.rows(ROWS, 4);
    LiveGraph graph = empty(Metric.L2);
    graph.addAll(VectorSource.of(Arrays.copyOf(rows, ROWS / 2)), BulkOptions.defaults().threads(2));
    for (int i = ROWS / 2; i < rows.length; i++) {
      graph.add(i, rows[i]);
    }
    assertSound(graph, Metric.L2);
  }

  private static long[] sorted(long[] ids) {
    return Arrays.stream(ids).sorted().toArray();
  }

  /** Additions of both kinds, replacements and removals, as a seed has it. */
  private static void change(Target target, float[][] rows, Random random) {
    int bulk = rows.length / 4;
    target.addAll(VectorSource.of(Arrays.copyOf(rows, bulk)));
    for (int i = 0; i < rows.length; i++) {
      int dice = random.nextInt(100);
      long id = random.nextInt(rows.length);
      if (dice < 55) {
        target.add(id, rows[(int) id]);
      } else if (dice < 70) {
        target.add(id, rows[random.nextInt(rows.length)]);
      } else {
        target.remove(id);
      }
      if (i % bulk == bulk - 1) {
        int from = random.nextInt(rows.length - bulk / 4);
        float[][] part = Arrays.copyOfRange(rows, from, from + bulk / 4);
        target.addAll(VectorSource.of(part));
      }
    }
  }

  /** What the graph and the index have in common. */
  private interface Target {
    void addAll(VectorSource source);

    void add(long id, float[] vector);

    void remove(long id);
  }

  @ParameterizedTest
  @CsvSource({"16, 200", "3, 10"})
  void mixedChangesLoseAtMostOneRowAChangeUntilTheNextAuditAndNoneOnceSettled(
      int m, int efConstruction, @Seed long seed) {
    for (Shape shape : Shape.values()) {
      Random random = new Random(seed);
      LiveGraph graph = empty(Metric.L2, m, efConstruction);
      change(
          new Target() {
            @Override
            public void addAll(VectorSource source) {
              graph.addAll(source, BulkOptions.defaults().threads(2));
            }

            @Override
            public void add(long id, float[] vector) {
              graph.add(id, vector);
            }

            @Override
            public void remove(long id) {
              graph.remove(id);
            }
          },
          shape.rows(ROWS, seed),
          random);

      int changesBetweenAudits = graph.rows().size() / 128 + 1;
      assertThat(unreachable(graph)).as("%s", shape).isLessThanOrEqualTo(changesBetweenAudits);
      LiveGraph settled = graph.compacted();
      assertThat(unreachable(graph)).as("%s, settled", shape).isZero();
      assertThat(unreachable(settled)).as("%s, compacted", shape).isZero();
      assertThat(sorted(settled.rows().ids())).containsExactly(sorted(graph.rows().ids()));
      if (m == 16) {
        assertSound(settled, Metric.L2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSavedAfterMixedChangesIsSound(Shape shape, @Seed long seed) throws IOException {
    for (Metric metric : Metric.values()) {
      try (HnswIndex index = HnswIndex.create(HnswConfig.builder(DIMENSION, metric).build())) {
        change(
            new Target() {
              @Override
              public void addAll(VectorSource source) {
                index.addAll(source, BulkOptions.defaults().threads(2));
              }

              @Override
              public void add(long id, float[] vector) {
                index.add(id, vector);
              }

              @Override
              public void remove(long id) {
                index.remove(id);
              }
            },
            shape.rows(ROWS / 2, seed),
            new Random(seed));
        Path directory = folder.resolve(metric.name());
        index.save(directory);

        assertThat(VectorIndexes.check(directory).problems()).as("%s", metric).isEmpty();
      }
    }
  }

  @Test
  void theCountNoticesRowsThatAreCutOff() {
    LiveGraph graph = empty(Metric.L2);
    graph.addAll(VectorSource.of(Shape.UNIFORM.rows(500, 5)), BulkOptions.defaults().threads(1));
    int lost = Adjacency.entryRow(graph.links().entryPoint()) == 7 ? 8 : 7;
    int[] links = new int[graph.links().maxLinks(0)];
    for (int row = 0; row < 500; row++) {
      int count = graph.links().links(row, 0, links);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (links[i] != lost) {
          links[kept++] = links[i];
        }
      }
      graph.graph().setLinks(row, 0, links, kept);
    }

    assertThat(unreachable(graph)).isOne();
  }
}
