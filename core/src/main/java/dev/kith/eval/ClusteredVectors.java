package dev.kith.eval;

import dev.kith.IndexSpec;
import dev.kith.VectorSource;
import java.util.Objects;

/**
 * Generates vectors that are as hard to search as real ones: a mixture of many Gaussian clusters of
 * low rank. Uniform random vectors are no stand-in, for all of them are equally far apart.
 *
 * {@snippet :
 * ClusteredVectors base = ClusteredVectors.of(100_000, 128, 1);
 * float[][] queries = base.queries(1_000);
 * }
 *
 * <p>With the default settings and 128 dimensions the local intrinsic dimension is about 18,
 * between those of fashion-mnist-784 (14) and of sentence embeddings asked short questions (26);
 * uniform noise has more than 50.
 *
 * <p>Row {@code i} is a function of the settings, the seed and {@code i} alone: the same bits on
 * every machine, in every order, and in a larger set with the same settings. The number of clusters
 * is a setting; its default depends on the size. The id of a row is its position.
 *
 * <p>Concurrency: immutable, any number of threads. Memory: nothing per row; {@code 4 * dimension *
 * (clusters + 256) + 8 * clusters * rank} bytes. A copy costs about {@code (rank + 1) * dimension}
 * multiplications.
 */
public final class ClusteredVectors implements VectorSource {
  private final Mixture mixture;

  private final int size;
  private final String description;

  private ClusteredVectors(Builder builder, int clusters) {
    this.mixture =
        new Mixture(builder.dimension, clusters, builder.rank, builder.noise, builder.seed);
    this.size = builder.size;
    this.description =
        "ClusteredVectors["
            + size
            + " x "
            + builder.dimension
            + ", clusters "
            + clusters
            + ", rank "
            + builder.rank
            + ", noise "
            + builder.noise
            + ", seed "
            + builder.seed
            + "]";
  }

  /**
   * Generates vectors with the default settings.
   *
   * @param size rows, zero or more
   * @param dimension components of every vector, 1 to 65,536
   * @param seed any number; another seed gives other clusters
   * @return the vectors
   * @throws IllegalArgumentException if the size is negative or the dimension out of range
   */
  public static ClusteredVectors of(int size, int dimension, long seed) {
    return builder(size, dimension).seed(seed).build();
  }

  /**
   * Starts with the default settings.
   *
   * @param size rows, zero or more
   * @param dimension components of every vector, 1 to 65,536
   * @return a builder
   * @throws IllegalArgumentException if the size is negative or the dimension out of range
   */
  public static Builder builder(int size, int dimension) {
    return new Builder(size, dimension);
  }

  @Override
  public int size() {
    return size;
  }

  /**
   * The number of components of every vector.
   *
   * @return from 1 to 65,536
   */
  public int dimension() {
    return mixture.dimension();
  }

  /**
   * The id of a row, which is its position.
   *
   * @param row from 0 to {@code size() - 1}
   * @return the row
   * @throws IndexOutOfBoundsException if there is no such row
   */
  @Override
  public long id(int row) {
    return Objects.checkIndex(row, size);
  }

  /**
   * Generates a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @param target receives the row; its length is {@link #dimension()}
   * @throws IllegalArgumentException if the target has another length
   * @throws IndexOutOfBoundsException if there is no such row
   */
  @Override
  public void copy(int row, float[] target) {
    Objects.checkIndex(row, size);
    if (target.length != dimension()) {
      throw new IllegalArgumentException(
          "the vector has dimension " + dimension() + ", expected " + target.length);
    }
    mixture.draw(Mixture.ROW, row, target);
  }

  /**
   * Draws queries from the same mixture: new points of the same clusters, not rows.
   *
   * @param count how many, zero or more
   * @return new arrays; a smaller count gives the first of a larger one
   * @throws IllegalArgumentException if the count is negative
   */
  public float[][] queries(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + ", expected zero or more");
    }
    float[][] queries = new float[count][dimension()];
    for (int i = 0; i < count; i++) {
      mixture.draw(Mixture.QUERY, i, queries[i]);
    }
    return queries;
  }

  @Override
  public String toString() {
    return description;
  }

  /**
   * The settings of {@link ClusteredVectors}.
   *
   * <p>Concurrency: one thread at a time.
   */
  public static final class Builder {
    private final int size;
    private final int dimension;
    private int clusters;
    private int rank = 16;
    private double noise = 0.2;
    private long seed = 1;

    private Builder(int size, int dimension) {
      if (size < 0) {
        throw new IllegalArgumentException("size: " + size + ", expected zero or more");
      }
      this.size = size;
      this.dimension = IndexSpec.checkDimension(dimension);
    }

    /**
     * Sets how many clusters there are. The first are the largest: the share of cluster {@code c}
     * is proportional to {@code 1 / sqrt(c)}.
     *
     * @param clusters from 1 to 1,000,000; the default is twice the square root of the size, but at
     *     most one for fifty rows: 2,000 for a million rows
     * @return this builder
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder clusters(int clusters) {
      if (clusters < 1 || clusters > 1_000_000) {
        throw new IllegalArgumentException("clusters: " + clusters + ", expected 1 to 1000000");
      }
      this.clusters = clusters;
      return this;
    }

    /**
     * Sets how many dimensions a cluster has of its own, which is what makes a set easy or hard;
     * along axis {@code j} its width is {@code (1 + j)^-1/4} of the first.
     *
     * @param rank from 1 to 1,024; the default is 16
     * @return this builder
     * @throws IllegalArgumentException if the rank is out of range
     */
    public Builder rank(int rank) {
      if (rank < 1 || rank > 1_024) {
        throw new IllegalArgumentException("rank: " + rank + ", expected 1 to 1024");
      }
      this.rank = rank;
      return this;
    }

    /**
     * Sets the noise that is added in all dimensions.
     *
     * @param noise its root mean square length, from 0 to 100, in units of the mean width of a
     *     cluster; the default is 0.2
     * @return this builder
     * @throws IllegalArgumentException if the noise is out of range or NaN
     */
    public Builder noise(double noise) {
      if (!(noise >= 0 && noise <= 100)) {
        throw new IllegalArgumentException("noise: " + noise + ", expected 0 to 100");
      }
      this.noise = noise;
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param seed any number; the default is 1
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Makes the vectors. This computes the clusters and no rows.
     *
     * @return the vectors
     */
    public ClusteredVectors build() {
      return new ClusteredVectors(this, clusters == 0 ? defaultClusters(size) : clusters);
    }

    private static int defaultClusters(int size) {
      int twoRoots = (int) (2 * StrictMath.sqrt(size));
      return Math.max(1, Math.min(twoRoots, size / 50));
    }
  }
}
