package dev.kith.internal.simd;

/**
 * The parts of a fast rotation that need SIMD: sums and differences of components some way apart.
 *
 * <p>Every implementation gives the same bits: each component is one sum or one difference of two
 * others, at most multiplied by a number afterwards, and the largest of some numbers is the same in
 * any order.
 *
 * <p>Concurrency: without state, any number of threads.
 */
public interface TransformKernel {
  /**
   * The Walsh-Hadamard transform of a part of a vector, in place, not normalised: for each distance
   * 1, 2, 4, ... pairs of components so far apart are replaced by their sum and difference.
   *
   * @param vector holds the part
   * @param from its first component
   * @param count its components, a power of two from 32 on
   */
  void hadamard(float[] vector, int from, int count);

  /**
   * Multiplies each component.
   *
   * @param vector whole groups of 16 components
   * @param by as many factors
   */
  void multiply(float[] vector, float[] by);

  /**
   * The largest magnitude of a component.
   *
   * @param vector finite components, any number of them
   * @return zero or more
   */
  float largest(float[] vector);

  /**
   * Replaces each component of the first half and its partner in the second by their sum and
   * difference, times a number.
   *
   * @param vector a vector
   * @param half components of one half, a multiple of 16
   * @param scale the number
   */
  void mixHalves(float[] vector, int half, float scale);
}
