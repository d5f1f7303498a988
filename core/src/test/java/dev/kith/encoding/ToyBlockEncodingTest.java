package dev.kith.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import dev.kith.internal.topk.TopK;
import dev.kith.support.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The hinge carries an encoding that is not float32: {@link SignCodes} through the interfaces
 * alone, in the ways that graphs and inverted lists will use them.
 */
class ToyBlockEncodingTest {
  private static final BlockEncoding TOY = SignCodes.INSTANCE;
  private static final int K = 10;

  /** Vectors in clusters, of any dimension. */
  private record Data(int dimension, float[][] centres, int[] cells, float[][] vectors) {
    static Data of(SplittableRandom random, int rows) {
      int dimension = random.nextInt(1, 200);
      float[][] centres = new float[7][];
      Arrays.setAll(centres, c -> around(random, new float[dimension], 3));
      int[] cells = random.ints(rows, 0, centres.length).toArray();
      float[][] vectors = new float[rows][];
      Arrays.setAll(vectors, i -> around(random, centres[cells[i]], 1));
      return new Data(dimension, centres, cells, vectors);
    }

    static float[] around(SplittableRandom random, float[] centre, float radius) {
      float[] vector = centre.clone();
      for (int i = 0; i < vector.length; i++) {
        vector[i] += (float) random.nextDouble(-radius, radius);
      }
      return vector;
    }

    float[] query(SplittableRandom random) {
      return around(random, centres[random.nextInt(centres.length)], 1);
    }

    EncodedVectors exactRows() {
      return rows(Float32Encoding.INSTANCE);
    }

    EncodedVectors rows(Encoding encoding) {
      GrowableVectors rows = encoding.newVectors(dimension, Metric.L2);
      for (int i = 0; i < vectors.length; i++) {
        rows.ensureCapacity(i + 1);
        rows.set(i, vectors[i]);
      }
      return rows;
    }
  }

  /** An inverted list: rows, and their codes relative to the centre of the cell. */
  private record Cell(float[] centre, int[] rows, long[] blocks) {
    static List<Cell> of(BlockEncoding encoding, Data data) {
      List<Cell> cells = new ArrayList<>();
      int perBlock = encoding.vectorsPerBlock();
      int longs = encoding.blockLongs(data.dimension);
      for (int c = 0; c < data.centres.length; c++) {
        int cell = c;
        int[] rows =
            IntStream.range(0, data.cells.length).filter(i -> data.cells[i] == cell).toArray();
        long[] blocks = new long[Math.ceilDiv(rows.length, perBlock) * longs];
        for (int i = 0; i < rows.length; i++) {
          encoding.encode(
              data.vectors[rows[i]], data.centres[c], blocks, i / perBlock * longs, i % perBlock);
        }
        cells.add(new Cell(data.centres[c], rows, blocks));
      }
      return cells;
    }
  }

  /**
   * A scan of all lists in two stages: codes first, and full vectors of those rows whose lower
   * bound does not rule them out. Exact if the bounds are valid.
   */
  private static final class TwoStages {
    private final BlockEncoding encoding;
    private final BlockScorer codes;
    private final QueryScorer exact;
    private final TopK best = new TopK();
    private final float[] distances;
    private final float[] lowerBounds;
    private final float[] distance = new float[1];
    private int reranked;

    TwoStages(BlockEncoding encoding, Data data) {
      this.encoding = encoding;
      this.codes = encoding.blockScorer(data.dimension, Metric.L2);
      this.exact = data.exactRows().scorer();
      this.distances = new float[encoding.vectorsPerBlock()];
      this.lowerBounds = new float[encoding.vectorsPerBlock()];
    }

    void search(List<Cell> cells, float[] query) {
      best.reset(K, Float.POSITIVE_INFINITY);
      exact.query(query);
      for (Cell cell : cells) {
        codes.query(query, cell.centre);
        int perBlock = encoding.vectorsPerBlock();
        int longs = encoding.blockLongs(query.length);
        for (int first = 0; first < cell.rows.length; first += perBlock) {
          int count = Math.min(perBlock, cell.rows.length - first);
          codes.score(cell.blocks, first / perBlock * longs, count, distances, lowerBounds);
          for (int i = 0; i < count; i++) {
            if (lowerBounds[i] <= best.bound()) {
              rerank(cell.rows[first + i]);
            }
          }
        }
      }
    }

    private void rerank(int row) {
      exact.score(new int[] {row}, 0, 1, distance);
      best.offer(distance[0], row, row);
      reranked++;
    }
  }

  @Test
  void aListScanInTwoStagesFindsExactlyWhatAnExactIndexFinds() {
    int[] work = new int[2];
    Seeds.run(
        10,
        random -> {
          Data data = Data.of(random, 1000);
          List<Cell> cells = Cell.of(TOY, data);
          try (FlatIndex index = FlatIndex.create(data.dimension, Metric.L2)) {
            index.addAll(VectorSource.of(data.vectors), BulkOptions.defaults().threads(1));
            for (int i = 0; i < 5; i++) {
              float[] query = data.query(random);
              TwoStages stages = new TwoStages(TOY, data);
              stages.search(cells, query);

              Hits hits = index.search(SearchRequest.of(query, K));
              float[] distances = new float[K];
              long[] ids = new long[K];
              stages.best.drain(distances, ids, new int[K]);
              assertThat(ids).isEqualTo(hits.ids());
              assertThat(distances).isEqualTo(hits.distances());
              work[0] += stages.reranked;
              work[1] += data.vectors.length;
            }
          }
        });
    assertThat(work[0]).as("rows reranked of " + work[1]).isLessThan(work[1] * 9 / 10);
  }

  @Test
  void lowerBoundsAndEstimatesHoldForAnyContext() {
    Seeds.run(
        20,
        random -> {
          Data data = Data.of(random, 60);
          int perBlock = TOY.vectorsPerBlock();
          BlockScorer scorer = TOY.blockScorer(data.dimension, Metric.L2);
          float[] distances = new float[perBlock];
          float[] bounds = new float[perBlock];
          // neighbours of a node, their codes inline and relative to the node
          for (float[] node : Arrays.copyOf(data.vectors, 10)) {
            long[] record = new long[5 + TOY.blockLongs(data.dimension)];
            int[] neighbours = random.ints(perBlock, 0, data.vectors.length).toArray();
            for (int slot = 0; slot < perBlock; slot++) {
              TOY.encode(data.vectors[neighbours[slot]], node, record, 5, slot);
            }
            float[] query = data.query(random);
            scorer.query(query, node);
            scorer.score(record, 5, perBlock, distances, bounds);
            for (int slot = 0; slot < perBlock; slot++) {
              double exact = squaredDistance(query, data.vectors[neighbours[slot]]);
              assertThat((double) bounds[slot]).isLessThanOrEqualTo(exact);
              assertThat(distances[slot]).isGreaterThanOrEqualTo(bounds[slot]);
            }
          }
        });
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return sum;
  }

  @Test
  void aBlockInUseInPartGivesThatManyDistances() {
    Seeds.run(
        10,
        random -> {
          Data data = Data.of(random, TOY.vectorsPerBlock());
          long[] block = new long[TOY.blockLongs(data.dimension)];
          BlockScorer scorer = TOY.blockScorer(data.dimension, Metric.L2);
          scorer.query(data.query(random), data.centres[0]);
          float[] whole = new float[TOY.vectorsPerBlock()];
          for (int slot = 0; slot < whole.length; slot++) {
            TOY.encode(data.vectors[slot], data.centres[0], block, 0, slot);
          }
          scorer.score(block, 0, whole.length, whole, new float[whole.length]);
          for (int count = 0; count <= whole.length; count++) {
            float[] part = new float[whole.length];
            Arrays.fill(part, -1);
            scorer.score(block, 0, count, part, new float[whole.length]);
            float[] expected = whole.clone();
            Arrays.fill(expected, count, expected.length, -1);
            assertThat(part).isEqualTo(expected);
          }
        });
  }

  @Test
  void rowsAndBlocksOfTheSameCodesGiveTheSameDistances() {
    Seeds.run(
        10,
        random -> {
          Data data = Data.of(random, 37);
          float[] query = data.query(random);
          float[] zero = new float[data.dimension];
          int[] ordinals = random.ints(50, 0, 37).toArray();
          QueryScorer rows = data.rows(TOY).scorer();
          float[] byRows = new float[40];
          rows.query(query);
          rows.score(ordinals, 10, 40, byRows);

          BlockScorer blocks = TOY.blockScorer(data.dimension, Metric.L2);
          blocks.query(query, zero);
          float[] one = new float[TOY.vectorsPerBlock()];
          for (int i = 0; i < 40; i++) {
            long[] block = new long[TOY.blockLongs(data.dimension)];
            TOY.encode(data.vectors[ordinals[10 + i]], zero, block, 0, 0);
            blocks.score(block, 0, 1, one, new float[one.length]);
            assertThat(byRows[i]).isEqualTo(one[0]);
          }
        });
  }

  @Test
  void aRowCanBeTheQueryAsBuildingAGraphNeedsIt() {
    Seeds.run(
        10,
        random -> {
          Data data = Data.of(random, 30);
          EncodedVectors rows = data.rows(TOY);
          int[] all = IntStream.range(0, 30).toArray();
          QueryScorer scorer = rows.scorer();
          float[] fromRow = new float[30];
          float[] fromDecoded = new float[30];
          float[] decoded = new float[data.dimension];
          for (int row = 0; row < 30; row++) {
            scorer.row(row);
            scorer.score(all, 0, 30, fromRow);
            rows.decode(row, decoded);
            scorer.query(decoded);
            scorer.score(all, 0, 30, fromDecoded);
            assertThat(fromRow).isEqualTo(fromDecoded);
          }
        });
  }

  @Test
  void manyQueriesAtOnceComeWithTheInterface() {
    Seeds.run(
        10,
        random -> {
          Data data = Data.of(random, 30);
          EncodedVectors rows = data.rows(TOY);
          int[] ordinals = random.ints(20, 0, 30).toArray();
          TileScorer tiles = rows.tiles(4);
          QueryScorer single = rows.scorer();
          float[][] queries = new float[4][];
          for (int q = 0; q < 4; q++) {
            queries[q] = data.query(random);
            tiles.query(q, queries[q]);
          }
          float[] tile = new float[4 * 20];
          float[] out = new float[20];
          tiles.score(4, ordinals, 20, tile);
          for (int q = 0; q < 4; q++) {
            single.query(queries[q]);
            single.score(ordinals, 0, 20, out);
            assertThat(Arrays.copyOfRange(tile, 20 * q, 20 * q + 20)).isEqualTo(out);
          }
        });
  }

  @Test
  void memoryIsWhatTheEncodingForetells() {
    GrowableVectors rows = TOY.newVectors(100, Metric.L2);
    rows.ensureCapacity(1000);

    assertThat(rows.bytes()).isEqualTo(TOY.bytes(100, Metric.L2, 1000)).isEqualTo(1000 * 3 * 8);
    assertThat(rows.bytes()).isLessThan(Float32Encoding.INSTANCE.bytes(100, Metric.L2, 1000) / 10);
  }
}
