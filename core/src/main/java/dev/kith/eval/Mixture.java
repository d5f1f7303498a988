package dev.kith.eval;

/**
 * The law that {@link ClusteredVectors} are drawn from.
 *
 * <p>A point is the centre of its cluster, plus a Gaussian in the cluster's own subspace of few
 * dimensions, plus weak noise in all dimensions. Centres are themselves Gaussian in one subspace,
 * common to all, of twice as many dimensions, so that clusters have near and far neighbours and
 * touch; cluster sizes and widths differ, as they do in real data. Subspaces are spanned by
 * directions out of one pool, which keeps memory and the work per point small.
 */
final class Mixture {
  /** Kinds of random streams. */
  static final int ROW = 1;

  static final int QUERY = 2;
  private static final int DIRECTION = 3;
  private static final int CENTRE = 4;
  private static final int SUBSPACE = 5;

  private static final int POOL = 256;

  /**
   * The root mean square distance of centres from the origin, in units of the mean width of a
   * cluster. Measured with 12,000 rows: at 1 a graph of 16 neighbours begins to fall apart, at 0.75
   * it is connected and as easy or hard to search as those of real embeddings.
   */
  private static final double SPREAD = 0.75;

  private final long seed;
  private final int rank;
  private final float noise;
  private final float[][] directions;
  private final float[][] centres;

  /** For each cluster, the directions that span its subspace and the width along each. */
  private final int[][] axes;

  private final float[][] widths;

  Mixture(int dimension, int clusters, int rank, double noise, long seed) {
    this.seed = seed;
    this.rank = rank;
    // Uniform in [-noise, noise] per component gives a root mean square length of the noise asked
    // for.
    this.noise = (float) (noise * StrictMath.sqrt(3.0 / dimension));
    this.directions = new float[POOL][];
    for (int i = 0; i < POOL; i++) {
      directions[i] = direction(dimension, new SplitMix(seed, DIRECTION, i));
    }
    this.centres = new float[clusters][dimension];
    this.axes = new int[clusters][rank];
    this.widths = new float[clusters][rank];
    for (int cluster = 0; cluster < clusters; cluster++) {
      placeCentre(cluster);
      spanSubspace(cluster);
    }
  }

  int dimension() {
    return centres[0].length;
  }

  /** Draws the point with a number, among the rows or among the queries. */
  void draw(int kind, long number, float[] target) {
    SplitMix random = new SplitMix(seed, kind, number);
    // The square makes the first clusters the largest: the share of c goes as 1 / sqrt(c).
    double u = random.uniform();
    int cluster = (int) (centres.length * (u * u));
    double[] normal = new double[rank];
    random.fillGaussian(normal);
    System.arraycopy(centres[cluster], 0, target, 0, target.length);
    for (int j = 0; j < rank; j++) {
      add((float) (widths[cluster][j] * normal[j]), directions[axes[cluster][j]], target);
    }
    for (int i = 0; i < target.length; i += 2) {
      long bits = random.bits();
      target[i] += noise * signedUnit((int) bits);
      if (i + 1 < target.length) {
        target[i + 1] += noise * signedUnit((int) (bits >>> 32));
      }
    }
  }

  private void placeCentre(int cluster) {
    double[] normal = new double[2 * rank];
    new SplitMix(seed, CENTRE, cluster).fillGaussian(normal);
    double scale = SPREAD / length(normal.length);
    for (int j = 0; j < normal.length; j++) {
      float factor = (float) (scale * normal[j] * shrink(j));
      add(factor, directions[j % POOL], centres[cluster]);
    }
  }

  private void spanSubspace(int cluster) {
    SplitMix random = new SplitMix(seed, SUBSPACE, cluster);
    double width = 0.5 + random.uniform();
    double scale = width / length(rank);
    for (int j = 0; j < rank; j++) {
      axes[cluster][j] = (int) (random.bits() >>> 32) & (POOL - 1);
      widths[cluster][j] = (float) (scale * shrink(j));
    }
  }

  /** The width along axis {@code j} compared with the first: {@code (1 + j)^-1/4}. */
  private static double shrink(int j) {
    return 1 / StrictMath.sqrt(StrictMath.sqrt(1 + j));
  }

  /** The root mean square length of a Gaussian in so many dimensions that shrinks like that. */
  private static double length(int dimensions) {
    double sum = 0;
    for (int j = 0; j < dimensions; j++) {
      sum += shrink(j) * shrink(j);
    }
    return StrictMath.sqrt(sum);
  }

  /** A random direction whose length is near one. */
  private static float[] direction(int dimension, SplitMix random) {
    double[] normal = new double[dimension];
    random.fillGaussian(normal);
    float[] direction = new float[dimension];
    double scale = 1 / StrictMath.sqrt(dimension);
    for (int i = 0; i < dimension; i++) {
      direction[i] = (float) (normal[i] * scale);
    }
    return direction;
  }

  /** One rounding per operation and no fused ones, so vectorised code gives the same bits. */
  private static void add(float factor, float[] direction, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * direction[i];
    }
  }

  /** A number in [-1, 1): the upper 24 bits, which a float holds exactly. */
  private static float signedUnit(int bits) {
    return (bits >> 8) * 0x1p-23f;
  }
}
