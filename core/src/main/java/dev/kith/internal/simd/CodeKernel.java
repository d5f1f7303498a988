package dev.kith.internal.simd;

/**
 * Estimates distances from codes of one or two bits that stand woven in blocks of eight (RaBitQ,
 * arXiv:2405.12497).
 *
 * <p>A block holds the codes of eight vectors word by word: the first word of each, then the second
 * of each, and so on; with two bits the words of all upper bits, then those of all lower ones; then
 * eight floats, an addend for each vector, and eight more, a factor for each; two floats a long,
 * the lower half first. A set bit stands for +1, a clear one for -1, and an upper bit counts twice:
 * the components of a code are -1 and 1, or -3, -1, 1 and 3.
 *
 * <p>A query comes as four bit planes: a component is {@code (2 u - 15) * step} with {@code u} from
 * 0 to 15, and plane j holds bit j of each {@code u}; the planes of a word stand together. The
 * inner product of query and code is then {@code centre - 2 step * count}, where {@code count} is
 * the sum of {@code 2^j} times the bits in which code and plane j differ, upper bits counted twice,
 * and {@code centre} is 15 steps times the number of components, three times that with two bits.
 *
 * <p>Every implementation gives the same bits: counts are whole numbers, and each estimate is two
 * fused multiply-adds and one addition.
 *
 * <p>Concurrency: without state, any number of threads.
 */
public interface CodeKernel {
  /** Vectors in a block. */
  int SLOTS = 8;

  /** Bit planes of a query. */
  int PLANES = 4;

  /** The highest level of a query's component. */
  int HIGHEST = (1 << PLANES) - 1;

  /** What is added to a component before it is cut off to a level. */
  int MIDDLE = 1 << (PLANES - 1);

  /** Longs that the addends and the factors of a block take. */
  int FACTOR_LONGS = SLOTS;

  /**
   * Estimates the distances to the vectors of a block.
   *
   * @param codes holds the block
   * @param offset its first long
   * @param words longs of one bit of all components
   * @param bits of a component of a code, 1 or 2
   * @param planes the query's bit planes, {@code 4 * words} longs
   * @param step half the distance between two levels of the query
   * @param centre the inner product of a code that differs from no plane
   * @param base what is added to each estimate
   * @param bound estimates below it count
   * @param estimates receives {@code fma(factor, fma(count, -2 step, centre), addend + base)} for
   *     each slot
   * @return a bit for each slot whose estimate is below the bound; a NaN is not
   */
  int estimate(
      long[] codes,
      int offset,
      int words,
      int bits,
      long[] planes,
      float step,
      float centre,
      float base,
      float bound,
      float[] estimates);

  /**
   * Quantises a query to 16 levels and lays them out as bit planes.
   *
   * @param vector the query, whole words of 64 components
   * @param levelsPerUnit component times this, plus 8, within 0 and 15 and cut off, is the level
   * @param planes receives them
   */
  void planes(float[] vector, float levelsPerUnit, long[] planes);

  /**
   * Takes the signs of a vector as one bit of a code.
   *
   * @param vector whole words of 64 components
   * @param codes receives the words of that bit, {@link #SLOTS} longs apart; a bit is set where the
   *     sign of the component is plus
   * @param offset where the first word goes
   */
  void signs(float[] vector, long[] codes, int offset);
}
