package dev.kith.testkit;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.Hit;
import dev.kith.Hits;
import dev.kith.IdFilter;
import dev.kith.IndexClosedException;
import dev.kith.IndexSpec;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.SearchRequest;
import dev.kith.SearchStats;
import dev.kith.VectorSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The simplest index that keeps the contract: a sorted map behind a read-write lock. It shows that
 * the contract asks for nothing that only one implementation has, and its protected methods are
 * where the broken ones break it.
 */
class ReferenceIndex implements MutableVectorIndex {
  final TreeMap<Long, float[]> rows = new TreeMap<>();
  private final int dimension;
  private final Metric metric;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  ReferenceIndex(int dimension, Metric metric) {
    this.dimension = IndexSpec.checkDimension(dimension);
    this.metric = metric;
  }

  @Override
  public int size() {
    return reading(rows::size);
  }

  @Override
  public int dimension() {
    return reading(() -> dimension);
  }

  @Override
  public Metric metric() {
    return reading(() -> metric);
  }

  @Override
  public boolean contains(long id) {
    return reading(() -> rows.containsKey(id));
  }

  @Override
  public float[] vector(long id) {
    return reading(
        () -> {
          float[] vector = rows.get(id);
          if (vector == null) {
            throw new NoSuchElementException("id " + id);
          }
          return leave(vector);
        });
  }

  @Override
  public long[] ids() {
    return reading(() -> rows.keySet().stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public Hits search(SearchRequest request) {
    float[] query = request.query();
    check(query, "query");
    return reading(() -> find(request, query));
  }

  @Override
  public List<Hits> searchAll(List<SearchRequest> requests, BulkOptions options) {
    Objects.requireNonNull(options, "options");
    checkOpen();
    for (int i = 0; i < requests.size(); i++) {
      try {
        check(requests.get(i).query(), "query");
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("request " + i + ": " + e.getMessage(), e);
      }
    }
    List<Hits> result = new ArrayList<>();
    for (SearchRequest request : requests) {
      checkCancelled(options, "search", 0, requests.size());
      result.add(search(request));
    }
    options.progress().progress(requests.size(), requests.size());
    return result;
  }

  @Override
  public IndexSpec spec() {
    return reading(() -> new IndexSpec("Reference", dimension, metric));
  }

  @Override
  public IndexStats stats() {
    return reading(
        () -> {
          long bytes = rows.size() * (8L + 4L * dimension);
          return new IndexStats(rows.size(), 0, 0, new Footprint(Map.of("rows", bytes)));
        });
  }

  @Override
  public void save(Path directory) {
    Objects.requireNonNull(directory, "directory");
    checkOpen();
    throw new UnsupportedOperationException("save");
  }

  @Override
  public boolean add(long id, float[] vector) {
    check(vector, "vector");
    return writing(() -> rows.put(id, keep(vector)) == null);
  }

  @Override
  public void addAll(VectorSource source, BulkOptions options) {
    Objects.requireNonNull(options, "options");
    checkOpen();
    int size = source.size();
    for (int row = 0; row < size; row++) {
      try {
        check(copy(source, row), "vector");
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
      }
    }
    for (int row = 0; row < size; row++) {
      checkCancelled(options, "addAll", row, size);
      publish(source, row);
    }
    options.progress().progress(size, size);
  }

  @Override
  public boolean remove(long id) {
    return writing(() -> rows.remove(id) != null);
  }

  @Override
  public void compact() {
    checkOpen();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    closed = true;
    lock.writeLock().unlock();
  }

  /** What is stored of an array that is given. */
  protected float[] keep(float[] vector) {
    return vector.clone();
  }

  /** What is given of an array that is stored. */
  protected float[] leave(float[] vector) {
    return vector.clone();
  }

  protected void publish(VectorSource source, int row) {
    float[] vector = copy(source, row);
    long id = source.id(row);
    writing(() -> rows.put(id, vector) == null);
  }

  protected Comparator<Hit> order() {
    return Comparator.<Hit>comparingDouble(Hit::distance).thenComparingLong(Hit::id);
  }

  protected boolean accepts(SearchRequest request, long id) {
    IdFilter filter = request.filter();
    return filter == null || filter.accepts(id);
  }

  protected boolean within(SearchRequest request, float distance) {
    return distance <= request.maxDistance();
  }

  protected void check(float[] vector, String name) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          name + ": length " + vector.length + ", expected " + dimension);
    }
    float square = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(name + "[" + i + "]: " + vector[i]);
      }
      square += vector[i] * vector[i];
    }
    if (!Float.isFinite(square) || (metric == Metric.COSINE && square == 0)) {
      throw new IllegalArgumentException(name + ": squared norm " + square);
    }
  }

  protected void checkCancelled(BulkOptions options, String work, long done, long total) {
    if (options.cancelWhen().getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new BulkCancelledException(work, work.equals("addAll") ? done : 0, total);
    }
  }

  protected Hits find(SearchRequest request, float[] query) {
    List<Hit> found = new ArrayList<>();
    boolean complete = true;
    long start = System.nanoTime();
    int seen = 0;
    for (Map.Entry<Long, float[]> row : rows.entrySet()) {
      if (seen++ % 256 == 255 && over(request, start)) {
        complete = false;
        break;
      }
      if (accepts(request, row.getKey())) {
        float distance = distance(query, row.getValue());
        if (within(request, distance)) {
          found.add(new Hit(row.getKey(), distance));
        }
      }
    }
    found.sort(order());
    return answer(found.subList(0, Math.min(request.k(), found.size())), complete);
  }

  protected boolean over(SearchRequest request, long start) {
    boolean late =
        request.timeout() != null
            && Duration.ofNanos(System.nanoTime() - start).compareTo(request.timeout()) > 0;
    return late || (request.cancelWhen() != null && request.cancelWhen().getAsBoolean());
  }

  protected float distance(float[] query, float[] vector) {
    double distance = Model.distance(metric, query, vector);
    // Adding zero turns -0 into 0: in a result they are equal, for a comparator they are not.
    return (float) (metric == Metric.COSINE ? Math.clamp(distance, 0.0, 2.0) : distance) + 0f;
  }

  protected Hits answer(List<Hit> found, boolean complete) {
    float[] distances = new float[found.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = found.get(i).distance();
    }
    return Hits.of(
        found.stream().mapToLong(Hit::id).toArray(),
        distances,
        complete,
        new SearchStats("reference", rows.size(), rows.size(), 0, 1));
  }

  protected void checkOpen() {
    if (closed) {
      throw new IndexClosedException();
    }
  }

  private float[] copy(VectorSource source, int row) {
    float[] vector = new float[dimension];
    source.copy(row, vector);
    return vector;
  }

  protected <T> T reading(Supplier<T> work) {
    return locked(lock.readLock(), work);
  }

  protected <T> T writing(Supplier<T> work) {
    return locked(lock.writeLock(), work);
  }

  private <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      checkOpen();
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
