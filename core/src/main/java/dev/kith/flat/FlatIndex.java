package dev.kith.flat;

import dev.kith.BulkCancelledException;
import dev.kith.BulkOptions;
import dev.kith.Footprint;
import dev.kith.IndexSpec;
import dev.kith.IndexStats;
import dev.kith.InsufficientMemoryException;
import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.VectorSource;
import dev.kith.encoding.EncodedVectors;
import dev.kith.encoding.Float32Encoding;
import dev.kith.encoding.GrowableVectors;
import dev.kith.encoding.VectorCheck;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Meter;
import dev.kith.internal.concurrent.Parallel;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.idmap.IdMap;
import dev.kith.internal.idmap.RowTable;
import dev.kith.internal.jfr.BulkAddEvent;
import dev.kith.internal.rows.ExactScan;
import dev.kith.internal.rows.TableRows;
import dev.kith.internal.storage.IndexHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the exact nearest neighbours by looking at every vector.
 *
 * <p>Use it for up to some tens of thousands of vectors, for many queries at once ({@link
 * #searchAll}), for filters that accept few ids, and as the truth that approximate indexes are
 * measured against.
 *
 * {@snippet file="dev/kith/examples/ExactSearch.java" region="exact"}
 *
 * <p>Concurrency: as {@link MutableVectorIndex} says. A search that runs while an id it would
 * return is replaced or removed may return one hit fewer.
 *
 * <p>Durability: in memory until {@link #save} returns.
 *
 * <p>Memory: see {@link #estimate}; about {@code 4 * ceil16(dimension) + 26 to 44} bytes a vector,
 * 8 more under COSINE. A growing index may hold half as much room again; {@link #compact} gives it
 * back.
 *
 * @implNote Rows are padded to 64 bytes and scored four at a time; many queries share one pass over
 *     the rows.
 */
public final class FlatIndex extends ExactIndex implements MutableVectorIndex {
  /** Rows that one task of a bulk addition checks or copies. */
  private static final int ROWS_PER_TASK = 512;

  /** Rows that are published together; a cancelled addition keeps whole rounds. */
  private static final int ROWS_PER_ROUND = 16 * ROWS_PER_TASK;

  /** Everything that {@link #compact} replaces at once. */
  private record State(RowTable table, GrowableVectors vectors, Pool<ExactScan> scans) {
    State(RowTable table, GrowableVectors vectors) {
      this(table, vectors, new Pool<>(() -> new ExactScan(vectors.scorer())));
    }
  }

  private final ReentrantLock writing = new ReentrantLock();
  private final VectorCheck check;
  private final IndexHome home;
  private volatile State state;

  private FlatIndex(int dimension, Metric metric, IndexHome home) {
    super(dimension, metric, new Epochs());
    this.home = home;
    this.check = new VectorCheck(dimension, metric);
    this.state = new State(new RowTable(epochs), newVectors());
  }

  private GrowableVectors newVectors() {
    return Float32Encoding.INSTANCE.newVectors(dimension, metric);
  }

  /**
   * Makes an empty index.
   *
   * @param dimension components of every vector, 1 to 65,536
   * @param metric how distances are measured
   * @return the index
   * @throws IllegalArgumentException if the dimension is out of range
   */
  public static FlatIndex create(int dimension, Metric metric) {
    return new FlatIndex(dimension, metric, IndexHome.none());
  }

  /** An index of stored rows, to be changed. */
  static FlatIndex of(FlatFile file, IndexHome home) throws IOException {
    FlatIndex index = new FlatIndex(file.dimension(), file.metric(), home);
    TableRows rows = file.read(index.epochs);
    index.state = new State(rows.table(), rows.vectors());
    return index;
  }

  /**
   * Estimates the heap bytes of an index built by one {@link #addAll}.
   *
   * @param dimension components of every vector, 1 to 65,536
   * @param metric how distances are measured
   * @param vectors how many
   * @return bytes per part, right within 5 % from a thousand vectors on
   * @throws IllegalArgumentException if the dimension is out of range or the number negative or
   *     above 2^31 - 65
   */
  public static Footprint estimate(int dimension, Metric metric, long vectors) {
    IndexSpec.checkDimension(dimension);
    if (vectors < 0 || vectors > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "vectors: " + vectors + ", expected 0 to " + (Integer.MAX_VALUE - 64));
    }
    return footprint(
        Float32Encoding.INSTANCE.bytes(dimension, metric, vectors),
        RowTable.bytes(vectors),
        IdMap.bytes(vectors));
  }

  private static Footprint footprint(long rows, long ids, long idMap) {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("rows", rows);
    parts.put("ids", ids);
    parts.put("id map", idMap);
    return new Footprint(parts);
  }

  static Footprint footprint(RowTable table, EncodedVectors vectors) {
    return footprint(vectors.bytes(), table.bytes(), table.mapBytes());
  }

  @Override
  Moment now() {
    State now = state;
    return new Moment(TableRows.now(now.table, now.vectors), now.scans);
  }

  @Override
  public boolean add(long id, float[] vector) {
    Objects.requireNonNull(vector, "vector");
    writing.lock();
    try {
      epochs.checkOpen();
      check.check("vector", vector);
      makeRoom(1, false);
      State now = state;
      int row = now.table.take();
      now.vectors.set(row, vector);
      return now.table.publish(row, id) == IdMap.ABSENT;
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
      int count = source.size();
      makeRoom(count, true);
      addRounds(source, count, options);
      event.type = FlatFormat.TYPE;
      event.rows = count;
      event.commit();
    } finally {
      writing.unlock();
    }
  }

  private void addRounds(VectorSource source, int count, BulkOptions options) {
    Meter meter = new Meter(options.progress(), count, ROWS_PER_TASK);
    for (int first = 0; first < count; first += ROWS_PER_ROUND) {
      int round = Math.min(ROWS_PER_ROUND, count - first);
      int[] rows = takeRows(round);
      boolean filled = false;
      try {
        filled = fill(source, first, rows, options);
      } finally {
        if (!filled) {
          giveBack(rows);
        }
      }
      if (!filled) {
        throw new BulkCancelledException("addAll", first, count);
      }
      for (int i = 0; i < round; i++) {
        state.table.publish(rows[i], source.id(first + i));
      }
      meter.add(round);
    }
  }

  /** Copies a round into its rows; false when cancelled. */
  private boolean fill(VectorSource source, int first, int[] rows, BulkOptions options) {
    GrowableVectors vectors = state.vectors;
    int tasks = (rows.length + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    return Parallel.run(
        "add",
        tasks,
        options,
        (task, worker) -> {
          float[] vector = new float[dimension];
          int end = Math.min(rows.length, (task + 1) * ROWS_PER_TASK);
          for (int i = task * ROWS_PER_TASK; i < end; i++) {
            source.copy(first + i, vector);
            vectors.set(rows[i], vector);
          }
        });
  }

  private int[] takeRows(int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = state.table.take();
    }
    return rows;
  }

  private void giveBack(int[] rows) {
    for (int i = rows.length - 1; i >= 0; i--) {
      state.table.giveBack(rows[i]);
    }
  }

  private void makeRoom(int more, boolean exact) {
    State now = state;
    try {
      now.vectors.ensureCapacity(now.table.roomFor(more, exact));
      now.table.ensureRoom(more, exact);
    } catch (OutOfMemoryError e) {
      long needed =
          Float32Encoding.INSTANCE.bytes(dimension, metric, (long) now.table.rows() + more);
      throw InsufficientMemoryException.of("adding " + more + " vectors", needed, e);
    }
  }

  @Override
  public boolean remove(long id) {
    writing.lock();
    try {
      epochs.checkOpen();
      return state.table.remove(id) != IdMap.ABSENT;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void compact() {
    writing.lock();
    try {
      epochs.checkOpen();
      State old = state;
      int[] living = TableRows.now(old.table, old.vectors).living();
      State dense = new State(new RowTable(epochs), newVectors());
      dense.vectors.ensureCapacity(dense.table.ensureRoom(living.length, true));
      RowTable.View view = old.table.view();
      float[] vector = new float[dimension];
      for (int row : living) {
        old.vectors.decode(row, vector);
        int target = dense.table.take();
        dense.vectors.set(target, vector);
        dense.table.publish(target, view.id(row));
      }
      state = dense;
    } catch (OutOfMemoryError e) {
      long needed = Float32Encoding.INSTANCE.bytes(dimension, metric, state.table.size());
      throw InsufficientMemoryException.of("compacting", needed, e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public IndexStats stats() {
    writing.lock();
    try {
      epochs.checkOpen();
      State now = state;
      return new IndexStats(
          now.table.size(),
          now.table.hiddenRows(),
          home.generation(),
          footprint(now.table, now.vectors));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void save(Path directory) throws IOException {
    Objects.requireNonNull(directory, "directory");
    writing.lock();
    try {
      epochs.checkOpen();
      State now = state;
      TableRows rows = TableRows.now(now.table, now.vectors);
      int[] living = rows.living();
      home.save(
          directory,
          FlatFormat.TYPE,
          part -> FlatFormat.write(part, dimension, metric, rows, living));
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
