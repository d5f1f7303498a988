package dev.kith.hnsw;

import dev.kith.SearchParams;

/**
 * How hard a search looks.
 *
 * @param efSearch the width of the beam on the lowest level: candidates kept while searching. 1 to
 *     1,000,000, default {@link #DEFAULT_EF_SEARCH}; when it is below k, k is used. Recall and time
 *     grow with it. The paper's {@code ef}; hnswlib: {@code ef}, default 10; FAISS: {@code
 *     efSearch}, default 16.
 * @param rerankFactor where a search looks at codes, how many times k full vectors it looks at in
 *     the end, though never more than {@code efSearch}: 1 to 1,000, or 0, the default, for what
 *     suits the codes: 1.5 for bytes, 2 from 4 bits on, 3, 5 and 16 for 3, 2 and 1, and at least a
 *     quarter of {@code efSearch} in all
 */
public record HnswSearchParams(int efSearch, int rerankFactor) implements SearchParams {
  /** What a request without params gets. */
  public static final int DEFAULT_EF_SEARCH = 100;

  /** The widest beam. */
  public static final int MAX_EF_SEARCH = 1_000_000;

  /** The largest rerank factor. */
  public static final int MAX_RERANK_FACTOR = 1_000;

  /**
   * Checks the ranges.
   *
   * @param efSearch 1 to 1,000,000
   * @param rerankFactor 0 to 1,000
   * @throws IllegalArgumentException if one is out of range
   */
  public HnswSearchParams {
    if (efSearch < 1 || efSearch > MAX_EF_SEARCH) {
      throw new IllegalArgumentException(
          "efSearch: " + efSearch + ", expected 1 to " + MAX_EF_SEARCH);
    }
    if (rerankFactor < 0 || rerankFactor > MAX_RERANK_FACTOR) {
      throw new IllegalArgumentException(
          "rerankFactor: " + rerankFactor + ", expected 0 to " + MAX_RERANK_FACTOR);
    }
  }

  /**
   * With the rerank factor that suits the codes.
   *
   * @param efSearch 1 to 1,000,000
   * @throws IllegalArgumentException if it is out of range
   */
  public HnswSearchParams(int efSearch) {
    this(efSearch, 0);
  }
}
