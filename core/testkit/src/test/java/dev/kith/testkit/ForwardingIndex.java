package dev.kith.testkit;

import dev.kith.BulkOptions;
import dev.kith.Hits;
import dev.kith.IndexSpec;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.VectorSource;
import dev.kith.flat.FlatIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A flat index behind a wrapper, for mutants that break what is saved. */
class ForwardingIndex implements MutableVectorIndex {
  final FlatIndex index;

  ForwardingIndex(int dimension, Metric metric) {
    this.index = FlatIndex.create(dimension, metric);
  }

  /** Another flat index with the same vectors. */
  final FlatIndex copy() {
    FlatIndex copy = FlatIndex.create(index.dimension(), index.metric());
    for (long id : index.ids()) {
      copy.add(id, index.vector(id));
    }
    return copy;
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public int dimension() {
    return index.dimension();
  }

  @Override
  public Metric metric() {
    return index.metric();
  }

  @Override
  public boolean contains(long id) {
    return index.contains(id);
  }

  @Override
  public float[] vector(long id) {
    return index.vector(id);
  }

  @Override
  public long[] ids() {
    return index.ids();
  }

  @Override
  public Hits search(SearchRequest request) {
    return index.search(request);
  }

  @Override
  public List<Hits> searchAll(List<SearchRequest> requests, BulkOptions options) {
    return index.searchAll(requests, options);
  }

  @Override
  public IndexSpec spec() {
    return index.spec();
  }

  @Override
  public IndexStats stats() {
    return index.stats();
  }

  @Override
  public void save(Path directory) throws IOException {
    index.save(directory);
  }

  @Override
  public boolean add(long id, float[] vector) {
    return index.add(id, vector);
  }

  @Override
  public void addAll(VectorSource source, BulkOptions options) {
    index.addAll(source, options);
  }

  @Override
  public boolean remove(long id) {
    return index.remove(id);
  }

  @Override
  public void compact() {
    index.compact();
  }

  @Override
  public void close() {
    index.close();
  }
}
