package dev.kith.encoding;

/** Many queries, one after the other, over rows few enough to stay in the cache. */
final class LoopingTileScorer implements TileScorer {
  private final QueryScorer[] scorers;
  private float[] distances = new float[0];

  LoopingTileScorer(EncodedVectors vectors, int maxQueries) {
    this.scorers = new QueryScorer[maxQueries];
    for (int i = 0; i < maxQueries; i++) {
      scorers[i] = vectors.scorer();
    }
  }

  @Override
  public void query(int slot, float[] vector) {
    scorers[slot].query(vector);
  }

  @Override
  public void score(int queries, int[] ordinals, int count, float[] out) {
    if (distances.length < count) {
      distances = new float[count];
    }
    for (int q = 0; q < queries; q++) {
      scorers[q].score(ordinals, 0, count, distances);
      System.arraycopy(distances, 0, out, q * count, count);
    }
  }
}
