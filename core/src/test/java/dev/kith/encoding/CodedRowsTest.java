package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.eval.ClusteredVectors;
import dev.kith.support.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for rows of codes of any kind. */
class CodedRowsTest {
  private static final List<Encoding> ENCODINGS = encodings();

  private static List<Encoding> encodings() {
    List<Encoding> all = new ArrayList<>(List.of(Int8Encoding.INSTANCE));
    for (int bits = 1; bits <= 8; bits++) {
      all.add(new RaBitQEncoding(bits));
    }
    return all;
  }

  static GrowableVectors rows(Encoding encoding, Metric metric, float[][] vectors) {
    GrowableVectors rows = encoding.newVectors(vectors[0].length, metric);
    rows.ensureCapacity(vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      rows.set(i, vectors[i]);
    }
    return rows;
  }

  private static int[] all(float[][] vectors) {
    return IntStream.range(0, vectors.length).toArray();
  }

  private static float[] distances(QueryScorer scorer, float[][] vectors) {
    float[] out = new float[vectors.length];
    scorer.score(all(vectors), 0, vectors.length, out);
    return out;
  }

  private static float[][] clustered(int count, int dimension, long seed) {
    ClusteredVectors data = ClusteredVectors.of(count, dimension, seed);
    float[][] vectors = new float[count][dimension];
    for (int i = 0; i < count; i++) {
      data.copy(i, vectors[i]);
    }
    return vectors;
  }

  private static int nearest(float[] distances) {
    int nearest = 0;
    for (int i = 1; i < distances.length; i++) {
      nearest = distances[i] < distances[nearest] ? i : nearest;
    }
    return nearest;
  }

  @Test
  void namesTellTheBits() {
    assertThat(ENCODINGS)
        .extracting(Encoding::name)
        .startsWith("int8", "rabitq1", "rabitq2")
        .endsWith("rabitq8")
        .hasSize(9);
  }

  @Test
  void memoryIsWhatTheEncodingForetells() {
    for (Encoding encoding : ENCODINGS) {
      for (int dimension : new int[] {1, 63, 64, 100, 128, 384, 784, 1536}) {
        GrowableVectors rows = encoding.newVectors(dimension, Metric.L2);
        assertThat(rows.bytes()).isZero();
        rows.ensureCapacity(321);
        assertThat(rows.bytes()).isEqualTo(encoding.bytes(dimension, Metric.L2, 321));
      }
    }
    assertThat(new RaBitQEncoding(4).bytes(384, Metric.L2, 1)).isEqualTo(208);
    assertThat(new RaBitQEncoding(4).bytes(784, Metric.L2, 1)).isEqualTo(448);
    assertThat(new RaBitQEncoding(1).bytes(384, Metric.L2, 1)).isEqualTo(64);
    assertThat(Int8Encoding.INSTANCE.bytes(384, Metric.L2, 1)).isEqualTo(392);
    assertThat(Int8Encoding.INSTANCE.bytes(784, Metric.L2, 1)).isEqualTo(832);
  }

  /** Vectors as short and as long as may be, and evenly or not at all spread. */
  @ParameterizedTest
  @EnumSource
  void noDistanceIsNotANumberOrOutOfItsRange(Metric metric) {
    Seeds.run(
        3,
        random -> {
          float[][] vectors = extremes(random, metric);
          for (Encoding encoding : ENCODINGS) {
            GrowableVectors rows = rows(encoding, metric, vectors);
            QueryScorer scorer = rows.scorer();
            for (int i = 0; i < vectors.length; i++) {
              scorer.query(vectors[i]);
              assertInRange(metric, distances(scorer, vectors));
              scorer.row(i);
              assertInRange(metric, distances(scorer, vectors));
              if (scorer instanceof BoundScorer bounds) {
                float[] lower = new float[vectors.length];
                bounds.score(all(vectors), 0, vectors.length, new float[vectors.length], lower);
                assertInRange(metric, lower);
              }
              float[] decoded = new float[vectors[i].length];
              rows.decode(i, decoded);
              for (float component : decoded) {
                assertThat(component).isNotNaN();
              }
            }
          }
        });
  }

  private static float[][] extremes(SplittableRandom random, Metric metric) {
    int dimension = random.nextInt(1, 200);
    VectorCheck check = new VectorCheck(dimension, metric);
    List<float[]> vectors = new ArrayList<>();
    float[] scales = {0f, Float.MIN_VALUE, 1e-44f, 1e-38f, 1e-22f, 1e-18f, 1f, 1e18f, 1.2e18f};
    for (float scale : scales) {
      for (int kind = 0; kind < 3; kind++) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
          float component = kind == 0 ? 1 : (float) random.nextDouble(-1, 1);
          vector[i] = kind == 2 && i > 0 ? 0 : scale * component;
        }
        try {
          check.check("vector", vector);
          vectors.add(vector);
        } catch (IllegalArgumentException e) {
          assertThat(metric == Metric.COSINE || scale > 1e18f).as("%s", e).isTrue();
        }
      }
    }
    return vectors.toArray(float[][]::new);
  }

  private static void assertInRange(Metric metric, float[] distances) {
    for (float distance : distances) {
      switch (metric) {
        case L2 -> assertThat(distance).isGreaterThanOrEqualTo(0f);
        case INNER_PRODUCT -> assertThat(distance).isFinite();
        case COSINE -> assertThat(distance).isBetween(0f, 2f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "COSINE"})
  void aRowFindsItself(Metric metric) {
    for (int dimension : new int[] {100, 384}) {
      float[][] vectors = clustered(300, dimension, dimension);
      for (Encoding encoding : ENCODINGS) {
        QueryScorer scorer = rows(encoding, metric, vectors).scorer();
        int byRow = 0;
        int byQuery = 0;
        for (int i = 0; i < vectors.length; i++) {
          scorer.row(i);
          float[] distances = distances(scorer, vectors);
          byRow += nearest(distances) == i ? 1 : 0;
          scorer.query(vectors[i]);
          byQuery += nearest(distances(scorer, vectors)) == i ? 1 : 0;
        }
        String what = encoding.name() + " of " + dimension;
        int enough = encoding.name().equals("rabitq1") ? 240 : 297;
        assertThat(byRow).as(what).isGreaterThanOrEqualTo(enough);
        assertThat(byQuery).as(what).isGreaterThanOrEqualTo(enough);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsScoredAsItsPartsAre(Metric metric) {
    float[][] vectors = clustered(23, 70, 5);
    for (Encoding encoding : ENCODINGS) {
      QueryScorer scorer = rows(encoding, metric, vectors).scorer();
      scorer.query(vectors[3]);
      float[] expected = distances(scorer, vectors);
      float[] one = new float[1];
      for (int i = 0; i < vectors.length; i++) {
        scorer.score(all(vectors), i, 1, one);
        assertThat(one[0]).isEqualTo(expected[i]);
      }
      float[] scanned = new float[vectors.length];
      scorer.scan(all(vectors), vectors.length, scanned);
      assertThat(scanned).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recallRisesWithTheBits(Metric metric) {
    float[][] vectors = clustered(2000, 128, 7);
    float[][] queries = ClusteredVectors.of(2000, 128, 7).queries(60);
    QueryScorer exact = rows(Float32Encoding.INSTANCE, metric, vectors).scorer();
    double last = 0;
    for (Encoding encoding : ENCODINGS.subList(1, 9)) {
      double recall = recall(exact, rows(encoding, metric, vectors).scorer(), vectors, queries);
      assertThat(recall).as(encoding.name()).isGreaterThan(last - 0.01);
      last = recall;
    }
    assertThat(last).as("rabitq8").isGreaterThan(0.95);
    QueryScorer int8 = rows(Int8Encoding.INSTANCE, metric, vectors).scorer();
    assertThat(recall(exact, int8, vectors, queries)).as("int8").isGreaterThan(0.95);
  }

  private static double recall(
      QueryScorer exact, QueryScorer coded, float[][] vectors, float[][] queries) {
    double found = 0;
    for (float[] query : queries) {
      exact.query(query);
      coded.query(query);
      int[] expected = ten(distances(exact, vectors));
      int[] ten = ten(distances(coded, vectors));
      found +=
          Arrays.stream(ten).filter(i -> Arrays.stream(expected).anyMatch(j -> i == j)).count();
    }
    return found / (10.0 * queries.length);
  }

  private static int[] ten(float[] distances) {
    return IntStream.range(0, distances.length)
        .boxed()
        .sorted((a, b) -> Float.compare(distances[a], distances[b]))
        .limit(10)
        .mapToInt(i -> i)
        .toArray();
  }

  /** Published rows are read while the writer makes room and sets others. */
  @Test
  void readersAreNotDisturbedByGrowth() throws Exception {
    float[][] vectors = clustered(3000, 64, 9);
    for (Encoding encoding : List.of(ENCODINGS.get(0), ENCODINGS.get(3))) {
      GrowableVectors rows = encoding.newVectors(64, Metric.L2);
      rows.ensureCapacity(4);
      for (int i = 0; i < 4; i++) {
        rows.set(i, vectors[i]);
      }
      int[] first = {0, 1, 2, 3};
      float[] expected = new float[4];
      QueryScorer scorer = rows.scorer();
      scorer.query(vectors[9]);
      scorer.score(first, 0, 4, expected);
      AtomicReference<float[]> wrong = new AtomicReference<>();
      BiConsumer<QueryScorer, float[]> read =
          (reader, out) -> {
            reader.score(first, 0, 4, out);
            if (!Arrays.equals(out, expected)) {
              wrong.set(out.clone());
            }
          };
      Thread reader =
          new Thread(
              () -> {
                QueryScorer mine = rows.scorer();
                mine.query(vectors[9]);
                while (!Thread.currentThread().isInterrupted()) {
                  read.accept(mine, new float[4]);
                }
              });
      reader.start();
      for (int i = 4; i < vectors.length; i++) {
        rows.ensureCapacity(i + 1);
        rows.set(i, vectors[i]);
      }
      reader.interrupt();
      reader.join();
      assertThat(wrong.get()).isNull();
    }
  }
}
