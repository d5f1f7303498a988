package dev.kith.encoding;

/**
 * A scorer of estimates that also tells how far they may be off: what a search needs to leave out
 * rows without looking at their vectors.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface BoundScorer extends QueryScorer {
  /**
   * Computes distances and lower bounds.
   *
   * @param ordinals rows
   * @param from the first element to use
   * @param count how many
   * @param out receives what {@link #score(int[], int, int, float[])} gives
   * @param lower receives for each what the true distance is hardly ever below
   */
  void score(int[] ordinals, int from, int count, float[] out, float[] lower);
}
