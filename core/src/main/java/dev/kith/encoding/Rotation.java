package dev.kith.encoding;

import dev.kith.internal.simd.TransformKernel;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A fixed random rotation, which spreads a vector evenly over its components: some rounds of random
 * signs, a Walsh-Hadamard transform of as many components as a power of two allows, once from the
 * left and once from the right, and a rotation of each component of the left half with its partner
 * in the right one (as in RaBitQ's fast rotation).
 *
 * <p>The same bits on every machine: each step adds or subtracts two numbers.
 *
 * <p>Concurrency: immutable.
 */
final class Rotation {
  private static final int ROUNDS = 4;
  private static final long SEED = 0x6b697468L;
  private static final float HALF_ROOT = (float) StrictMath.sqrt(0.5);

  private final TransformKernel kernel;
  private final int size;
  private final int power;
  private final float[][] signs = new float[ROUNDS][];

  /**
   * The rotation of a size; there is one for each.
   *
   * @param size components, a multiple of 64
   * @param kernel does the work
   */
  Rotation(int size, TransformKernel kernel) {
    this.kernel = kernel;
    this.size = size;
    this.power = Integer.highestOneBit(size);
    // the transform multiplies lengths by the root of its size, which the signs take back
    float scale = (float) (1 / StrictMath.sqrt(power));
    SplittableRandom random = new SplittableRandom(SEED + size);
    for (int round = 0; round < ROUNDS; round++) {
      float[] ofRound = new float[size];
      Arrays.fill(ofRound, 1);
      int from = start(round);
      Arrays.fill(ofRound, from, from + power, scale);
      for (int i = 0; i < size; i++) {
        ofRound[i] = random.nextBoolean() ? ofRound[i] : -ofRound[i];
      }
      signs[round] = ofRound;
    }
  }

  private int start(int round) {
    return (round & 1) == 0 ? 0 : size - power;
  }

  /** Rotates a vector in place. */
  void apply(float[] vector) {
    for (int round = 0; round < ROUNDS; round++) {
      kernel.multiply(vector, signs[round]);
      kernel.hadamard(vector, start(round), power);
      if (power < size) {
        kernel.mixHalves(vector, size / 2, HALF_ROOT);
      }
    }
  }

  /** Takes a rotation back, in place. */
  void invert(float[] vector) {
    for (int round = ROUNDS - 1; round >= 0; round--) {
      if (power < size) {
        kernel.mixHalves(vector, size / 2, HALF_ROOT);
      }
      kernel.hadamard(vector, start(round), power);
      kernel.multiply(vector, signs[round]);
    }
  }
}
