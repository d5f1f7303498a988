package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.hnsw.internal.GraphParameters;
import java.util.Objects;

/**
 * What an HNSW index is built with; fixed for its life.
 *
 * @param dimension components of every vector, 1 to 65,536
 * @param metric how distances are measured
 * @param m links a new vector gets on each level, and at most on the levels above the lowest; the
 *     lowest holds twice as many. 2 to 256, default 16. More links: better recall for hard data,
 *     more memory ({@code 8 * m} bytes a vector). The paper's {@code M}; hnswlib: {@code M},
 *     default 16; FAISS: {@code M}, default 32; Lucene: {@code maxConn}, default 16
 * @param efConstruction the width of the beam that finds a new vector's neighbours. 1 to 100,000,
 *     default 200; a better graph for a longer build. hnswlib: {@code ef_construction}, default
 *     200; FAISS: default 40; Lucene: {@code beamWidth}, default 100
 * @param rowBits bits per component of codes that building and searches look at instead of full
 *     vectors: 0 for none, the default, 8 for bytes with a scale, 1 to 7 for RaBitQ codes
 *     (arXiv:2409.09913). Only the best few of a search are looked at in full, {@link
 *     HnswSearchParams#rerankFactor}. Saves memory where full vectors stay in the file: open with
 *     {@link dev.kith.OpenMode#MAPPED}, and {@code dimension + 8} bytes (8 bits) or {@code rowBits
 *     * ceil64(dimension) / 8 + 16} (fewer), rounded up, are what a vector takes besides its links.
 *     Opening makes the codes anew. Not together with {@code codeBits}
 * @param codeBits bits per component of the codes that every vector keeps of its neighbours, beside
 *     a copy of itself in bytes, so that a search looks at few full vectors: 0 for none, the
 *     default, or 1 or 2 for RaBitQ codes (arXiv:2405.12497, arXiv:2411.12229); 2 is meant for up
 *     to some 200 components. Two to three times as fast, for {@code ceil64(dimension + 8) + m *
 *     (codeBits * ceil64(dimension) / 4 + 24) + 1} bytes more a vector; take 1.5 to 2 times the
 *     {@code efSearch} for the same recall. What is saved does not hold them: opening makes them
 *     anew, and an index that is opened mapped, or searched with a filter, does without
 * @param seed what levels and the order of insertion follow from, besides the ids; the same seed,
 *     ids and vectors give the same index
 */
public record HnswConfig(
    int dimension, Metric metric, int m, int efConstruction, int rowBits, int codeBits, long seed) {
  /** Default of {@code m}. */
  public static final int DEFAULT_M = 16;

  /** Default of {@code efConstruction}. */
  public static final int DEFAULT_EF_CONSTRUCTION = 200;

  /** Default of {@code seed}. */
  public static final long DEFAULT_SEED = 42;

  /** Default of {@code rowBits}. */
  public static final int DEFAULT_ROW_BITS = 0;

  /** Default of {@code codeBits}. */
  public static final int DEFAULT_CODE_BITS = 0;

  static final int MAX_M = 256;
  static final int MAX_ROW_BITS = 8;
  static final int MAX_CODE_BITS = 2;
  static final int MAX_EF_CONSTRUCTION = 100_000;

  /**
   * Checks the ranges.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param m links of a new vector
   * @param efConstruction the width of the beam
   * @param rowBits bits of the codes of vectors
   * @param codeBits bits of the neighbours' codes
   * @param seed any number
   * @throws IllegalArgumentException if one is out of range, or both kinds of codes are wanted
   */
  public HnswConfig {
    IndexSpec.checkDimension(dimension);
    Objects.requireNonNull(metric, "metric");
    check("m", m, 2, MAX_M);
    check("efConstruction", efConstruction, 1, MAX_EF_CONSTRUCTION);
    check("rowBits", rowBits, 0, MAX_ROW_BITS);
    check("codeBits", codeBits, 0, MAX_CODE_BITS);
    if (rowBits > 0 && codeBits > 0) {
      throw new IllegalArgumentException(
          "rowBits and codeBits: " + rowBits + " and " + codeBits + ", expected 0 for one of them");
    }
  }

  /**
   * A config without codes.
   *
   * @param dimension components of every vector
   * @param metric how distances are measured
   * @param m links of a new vector
   * @param efConstruction the width of the beam
   * @param seed any number
   * @throws IllegalArgumentException if one is out of range
   */
  public HnswConfig(int dimension, Metric metric, int m, int efConstruction, long seed) {
    this(dimension, metric, m, efConstruction, DEFAULT_ROW_BITS, DEFAULT_CODE_BITS, seed);
  }

  GraphParameters parameters() {
    return new GraphParameters(dimension, metric, m, efConstruction, rowBits, codeBits, seed);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + ", expected " + least + " to " + most);
    }
  }

  /**
   * Begins with the defaults.
   *
   * @param dimension components of every vector, 1 to 65,536
   * @param metric how distances are measured
   * @return a builder
   */
  public static Builder builder(int dimension, Metric metric) {
    return new Builder(dimension, metric);
  }

  /** Collects the parameters of an {@link HnswConfig}; ranges are checked by {@link #build}. */
  public static final class Builder {
    private final int dimension;
    private final Metric metric;
    private int m = DEFAULT_M;
    private int efConstruction = DEFAULT_EF_CONSTRUCTION;
    private int rowBits = DEFAULT_ROW_BITS;
    private int codeBits = DEFAULT_CODE_BITS;
    private long seed = DEFAULT_SEED;

    private Builder(int dimension, Metric metric) {
      this.dimension = dimension;
      this.metric = metric;
    }

    /**
     * Sets the links of a new vector.
     *
     * @param m 2 to 256
     * @return this
     */
    public Builder m(int m) {
      this.m = m;
      return this;
    }

    /**
     * Sets the width of the beam that finds a new vector's neighbours.
     *
     * @param efConstruction 1 to 100,000
     * @return this
     */
    public Builder efConstruction(int efConstruction) {
      this.efConstruction = efConstruction;
      return this;
    }

    /**
     * Sets the bits of the codes that are looked at instead of full vectors.
     *
     * @param rowBits 0 for none, 8 for bytes, 1 to 7 for RaBitQ codes
     * @return this
     */
    public Builder rowBits(int rowBits) {
      this.rowBits = rowBits;
      return this;
    }

    /**
     * Sets the bits of the codes that every vector keeps of its neighbours.
     *
     * @param codeBits 0 for none, 1 or 2
     * @return this
     */
    public Builder codeBits(int codeBits) {
      this.codeBits = codeBits;
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public HnswConfig build() {
      return new HnswConfig(dimension, metric, m, efConstruction, rowBits, codeBits, seed);
    }
  }
}
