package dev.kith.hnsw;

import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.IndexStats;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorSource;
import dev.kith.encoding.VectorCheck;
import dev.kith.hnsw.internal.GraphParameters;
import dev.kith.hnsw.internal.HnswFormat;
import dev.kith.hnsw.internal.LiveGraph;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.jfr.BulkAddEvent;
import dev.kith.internal.storage.IndexHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds nearest neighbours by walking a graph in which every vector is linked to near ones: a
 * fraction of a percent of the distances of an exact search, at a recall that {@link
 * HnswSearchParams#efSearch} sets.
 *
 * <p>Use it from some thousands of vectors on.
 *
 * {@snippet file="dev/kith/examples/TenLines.java" region="ten-lines"}
 *
 * <p>Deterministic: the same ids, vectors, config and sequence of calls give the same index, byte
 * for byte, with any number of threads. Insertion order is shuffled by the seed, so sorted input is
 * no special case.
 *
 * <p>Concurrency: as {@link MutableVectorIndex} says. Searches follow links that a writer is
 * changing; they never wait.
 *
 * <p>Durability: in memory until {@link #save} returns.
 *
 * <p>Memory: {@link #estimate}; about {@code 4 * ceil16(dimension) + 8 * m + 40} bytes a vector, 8
 * more under COSINE, what {@link HnswConfig#codeBits} says, and 2 bytes a vector for each search
 * that runs at the same time.
 *
 * @implNote Malkov and Yashunin, arXiv:1603.09320 (algorithms 1 to 5); bulk additions in rounds
 *     against a frozen graph as in ParlayANN, arXiv:2305.04359; repair after removals as in
 *     FreshDiskANN, arXiv:2105.09613.
 */
public final class HnswIndex extends SearchableGraph implements MutableVectorIndex {
  private final ReentrantLock writing = new ReentrantLock();
  private final VectorCheck check;
  private final IndexHome home;
  private volatile LiveGraph graph;

  /** Wraps a graph that was made with the epochs. */
  HnswIndex(GraphParameters parameters, IndexHome home, Epochs epochs, LiveGraph graph) {
    super(parameters, epochs);
    this.home = home;
    this.check = new VectorCheck(dimension, metric);
    this.graph = graph;
  }

  /**
   * Makes an empty index.
   *
   * @param config what it is built with
   * @return the index
   */
  public static HnswIndex create(HnswConfig config) {
    GraphParameters parameters = config.parameters();
    Epochs epochs = new Epochs();
    return new HnswIndex(parameters, IndexHome.none(), epochs, new LiveGraph(parameters, epochs));
  }

  /**
   * Estimates the heap bytes of an index built by one {@link #addAll}.
   *
   * @param config what it is built with
   * @param vectors how many
   * @return bytes per part, right within 5 % from a thousand vectors on
   * @throws IllegalArgumentException if the number is negative or above 2^31 - 65
   */
  public static Footprint estimate(HnswConfig config, long vectors) {
    if (vectors < 0 || vectors > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "vectors: " + vectors + ", expected 0 to " + (Integer.MAX_VALUE - 64));
    }
    return LiveGraph.footprint(config.parameters(), vectors);
  }

  @Override
  Moment now() {
    LiveGraph now = graph;
    return new Moment(now.rows(), now.links(), now.searches());
  }

  @Override
  public boolean add(long id, float[] vector) {
    Objects.requireNonNull(vector, "vector");
    writing.lock();
    try {
      epochs.checkOpen();
      check.check("vector", vector);
      return graph.add(id, vector);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void addAll(VectorSource source, BulkOptions options) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(options, "options");
    BulkAddEvent event = new BulkAddEvent();
    event.begin();
    epochs.checkOpen();
    VectorCheck.checkAll(source, dimension, metric, options);
    writing.lock();
    try {
      epochs.checkOpen();
      graph.addAll(source, options);
      event.type = HnswFormat.TYPE;
      event.rows = source.size();
      event.commit();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean remove(long id) {
    writing.lock();
    try {
      epochs.checkOpen();
      return graph.remove(id);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void compact() {
    writing.lock();
    try {
      epochs.checkOpen();
      graph = graph.compacted();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public IndexStats stats() {
    writing.lock();
    try {
      epochs.checkOpen();
      LiveGraph now = graph;
      return new IndexStats(
          now.rows().size(), now.reusableRows(), home.generation(), now.footprint());
    } finally {
      writing.unlock();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Before it writes, removed vectors are taken out of the graph, on the caller's thread.
   */
  @Override
  public void save(Path directory) throws IOException {
    Objects.requireNonNull(directory, "directory");
    writing.lock();
    try {
      epochs.checkOpen();
      home.save(directory, HnswFormat.TYPE, graph::write);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!epochs.closed()) {
        epochs.close();
        home.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
