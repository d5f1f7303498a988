package dev.kith.testkit;

import java.util.Random;

/**
 * Small sets of vectors for unit tests, in the shapes that indexes find easy and those they find
 * hard.
 *
 * <p>The same arguments give the same vectors on every machine and in every version of Kith. No row
 * is zero, so every set is good for every metric. For sets larger than some ten thousand rows use
 * the generators of {@code dev.kith.eval}, which do not hold the rows.
 *
 * <p>Concurrency: stateless; the arrays returned are the caller's. Memory: {@code 4 * count *
 * dimension} bytes.
 */
public final class TestVectors {
  private TestVectors() {}

  /**
   * Makes normally distributed vectors: no structure at all, the hardest case for an approximate
   * index.
   *
   * @param count how many rows, zero or more
   * @param dimension components of a row, at least 1
   * @param seed chooses the rows
   * @return the rows
   */
  public static float[][] gaussian(int count, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] rows = matrix(count, dimension);
    for (float[] row : rows) {
      fillGaussian(row, random);
    }
    return rows;
  }

  /**
   * Makes vectors of length 1 in random directions, as embedding models give them.
   *
   * @param count how many rows, zero or more
   * @param dimension components of a row, at least 1
   * @param seed chooses the rows
   * @return the rows; their norms are 1 but for rounding
   */
  public static float[][] unit(int count, int dimension, long seed) {
    float[][] rows = gaussian(count, dimension, seed);
    for (float[] row : rows) {
      double square = 0;
      for (float x : row) {
        square += (double) x * x;
      }
      float scale = (float) (1 / Math.sqrt(square));
      for (int i = 0; i < dimension; i++) {
        row[i] *= scale;
      }
    }
    return rows;
  }

  /**
   * Makes vectors around random centres, as real data lies. Row {@code i} belongs to cluster {@code
   * i % clusters}; the spread within a cluster is a tenth of the spread of the centres.
   *
   * @param count how many rows, zero or more
   * @param dimension components of a row, at least 1
   * @param clusters how many centres, at least 1
   * @param seed chooses centres and rows
   * @return the rows
   * @throws IllegalArgumentException if there is no cluster
   */
  public static float[][] clustered(int count, int dimension, int clusters, long seed) {
    if (clusters < 1) {
      throw new IllegalArgumentException("clusters: " + clusters + ", expected at least 1");
    }
    float[][] centres = gaussian(clusters, dimension, ~seed);
    float[][] rows = gaussian(count, dimension, seed);
    for (int i = 0; i < count; i++) {
      float[] centre = centres[i % clusters];
      for (int d = 0; d < dimension; d++) {
        rows[i][d] = centre[d] + 0.1f * rows[i][d];
      }
    }
    return rows;
  }

  /**
   * Makes every vector several times, in shuffled order: what cliques in graphs and arbitrary order
   * among ties come from.
   *
   * @param distinct how many different rows, zero or more
   * @param copies how often each of them occurs, at least 1
   * @param dimension components of a row, at least 1
   * @param seed chooses rows and order
   * @return {@code distinct * copies} rows, each an array of its own
   */
  public static float[][] duplicates(int distinct, int copies, int dimension, long seed) {
    float[][] originals = gaussian(distinct, dimension, seed);
    long[] order = shuffledIds(Math.multiplyExact(distinct, copies), seed);
    float[][] rows = new float[order.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = originals[(int) (order[i] % distinct)].clone();
    }
    return rows;
  }

  /**
   * Makes vectors on one ray from the origin: row {@code i} is {@code i + 1} times a random
   * direction. Under COSINE all are equal but for rounding; under L2 they lie on a line.
   *
   * @param count how many rows, zero or more
   * @param dimension components of a row, at least 1
   * @param seed chooses the direction
   * @return the rows
   */
  public static float[][] collinear(int count, int dimension, long seed) {
    float[] direction = unit(1, dimension, seed)[0];
    float[][] rows = matrix(count, dimension);
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < dimension; d++) {
        rows[i][d] = (i + 1) * direction[d];
      }
    }
    return rows;
  }

  /**
   * Makes vectors with a single 1: row {@code i} has it at {@code i % dimension}. Any two different
   * ones are equally far apart.
   *
   * @param count how many rows, zero or more
   * @param dimension components of a row, at least 1
   * @return the rows
   */
  public static float[][] oneHot(int count, int dimension) {
    float[][] rows = matrix(count, dimension);
    for (int i = 0; i < count; i++) {
      rows[i][i % dimension] = 1;
    }
    return rows;
  }

  /**
   * Makes vectors of whole numbers from -8 to 8. Up to a dimension of 32,768 their squared
   * distances and inner products are exact in float32, whatever the order of the additions, so an
   * expectation can be written down with {@code ==}.
   *
   * @param count how many rows, zero or more
   * @param dimension components of a row, at least 1
   * @param seed chooses the rows
   * @return the rows; in low dimensions many are equal
   */
  public static float[][] wholeNumbers(int count, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] rows = matrix(count, dimension);
    for (float[] row : rows) {
      boolean zero = true;
      while (zero) {
        for (int d = 0; d < dimension; d++) {
          row[d] = random.nextInt(17) - 8;
          zero &= row[d] == 0;
        }
      }
    }
    return rows;
  }

  /**
   * Makes queries that lie near given rows, as real questions do: a random row plus normally
   * distributed noise.
   *
   * @param rows the rows to lie near, at least one
   * @param count how many queries, zero or more
   * @param noise standard deviation of the noise in each component; 0 gives rows themselves
   * @param seed chooses rows and noise
   * @return the queries
   */
  public static float[][] near(float[][] rows, int count, float noise, long seed) {
    Random random = new Random(seed);
    float[][] queries = new float[count][];
    for (int q = 0; q < count; q++) {
      queries[q] = rows[random.nextInt(rows.length)].clone();
      for (int d = 0; d < queries[q].length; d++) {
        queries[q][d] += noise * (float) random.nextGaussian();
      }
    }
    return queries;
  }

  /**
   * Makes the ids 0 to {@code count - 1} in random order, so that neither the order of insertion
   * nor the row number can stand in for the id.
   *
   * @param count how many ids, zero or more
   * @param seed chooses the order
   * @return the ids
   */
  public static long[] shuffledIds(int count, long seed) {
    Random random = new Random(seed);
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      ids[i] = ids[j];
      ids[j] = i;
    }
    return ids;
  }

  private static void fillGaussian(float[] row, Random random) {
    boolean zero = true;
    while (zero) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) random.nextGaussian();
        zero &= row[d] == 0;
      }
    }
  }

  private static float[][] matrix(int count, int dimension) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + ", expected zero or more");
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension: " + dimension + ", expected at least 1");
    }
    return new float[count][dimension];
  }
}
