package dev.kith.hnsw;

import dev.kith.SearchParams;

/**
 * How hard a search looks.
 *
 * @param efSearch the width of the beam on the lowest level: candidates kept while searching. 1 to
 *     1,000,000, default {@link #DEFAULT_EF_SEARCH}; when it is below k, k is used. Recall and time
 *     grow with it. The paper's {@code ef}; hnswlib: {@code ef}, default 10; FAISS: {@code
 *     efSearch}, default 16.
 */
public record HnswSearchParams(int efSearch) implements SearchParams {
  /** What a request without params gets. */
  public static final int DEFAULT_EF_SEARCH = 100;

  /** The widest beam. */
  public static final int MAX_EF_SEARCH = 1_000_000;

  /**
   * Checks the range.
   *
   * @param efSearch 1 to 1,000,000
   * @throws IllegalArgumentException if it is out of range
   */
  public HnswSearchParams {
    if (efSearch < 1 || efSearch > MAX_EF_SEARCH) {
      throw new IllegalArgumentException(
          "efSearch: " + efSearch + ", expected 1 to " + MAX_EF_SEARCH);
    }
  }
}
