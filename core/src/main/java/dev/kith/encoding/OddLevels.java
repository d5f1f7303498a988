package dev.kith.encoding;

/**
 * A vector at odd levels: a component of {@code b} bits is one of {@code -(2^b - 1), ..., -1, 1,
 * ..., 2^b - 1}, the nearest to a multiple of it that is the same for all components, chosen so
 * that the code points where the vector does.
 *
 * <p>Concurrency: immutable once made.
 */
final class OddLevels {
  /** Multiples tried; a few thousandths of an angle could be had from more. */
  private static final int TRIES = 16;

  /** The spacing of levels that suits normally distributed components best, by bits. */
  private static final double[] SPACING = {0, 1.596, .9957, .586, .335, .188, .1041, .0569, .0308};

  /** From two thirds to three halves of the usual number. */
  private static final double[] FACTORS = new double[TRIES];

  static {
    for (int i = 0; i < TRIES; i++) {
      FACTORS[i] = StrictMath.pow(1.5, (2.0 * i - (TRIES - 1)) / (TRIES - 1));
    }
  }

  /** The level of each component, plus {@code 2^b - 1}, halved. */
  final byte[] levels;

  /** The inner product of vector and code. */
  final double product;

  /** The squared length of the code. */
  final double squares;

  /**
   * Encodes a vector.
   *
   * @param vector any
   * @param squaredNorm about its squared length
   * @param bits 1 to 8
   */
  OddLevels(float[] vector, double squaredNorm, int bits) {
    int highest = (1 << (bits - 1)) - 1;
    double perUnit = squaredNorm > 0 ? best(vector, squaredNorm, bits, highest) : 0;
    byte[] codes = new byte[vector.length];
    double sum = 0;
    long ofSquares = 0;
    for (int i = 0; i < vector.length; i++) {
      double size = Math.abs(vector[i]);
      int cell = Math.min(highest, (int) (size * perUnit));
      int level = 2 * cell + 1;
      sum += level * size;
      ofSquares += (long) level * level;
      codes[i] = (byte) (vector[i] < 0 ? highest - cell : highest + 1 + cell);
    }
    this.levels = codes;
    this.product = sum;
    this.squares = ofSquares;
  }

  /** Cells per unit, of those tried the ones with the largest cosine of code and vector. */
  private static double best(float[] vector, double squaredNorm, int bits, int highest) {
    double usual = 1 / (SPACING[bits] * Math.sqrt(squaredNorm / vector.length));
    if (bits == 1) {
      return usual; // all have the same signs
    }
    double best = usual;
    double largest = 0;
    for (int i = 0; i < TRIES; i++) {
      double perUnit = usual * FACTORS[i];
      double sum = 0;
      long squares = 0;
      for (float component : vector) {
        double size = Math.abs(component);
        int level = 2 * Math.min(highest, (int) (size * perUnit)) + 1;
        sum += level * size;
        squares += (long) level * level;
      }
      double cosine = sum / Math.sqrt((double) squares);
      if (cosine > largest) {
        largest = cosine;
        best = perUnit;
      }
    }
    return best;
  }
}
