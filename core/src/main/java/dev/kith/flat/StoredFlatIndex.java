package dev.kith.flat;

import dev.kith.Footprint;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.storage.IndexHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** A flat index opened for reading, in the heap or mapped. */
final class StoredFlatIndex extends ExactIndex {
  private final ReentrantLock saving = new ReentrantLock();
  private final Snapshot snapshot;
  private final Footprint footprint;
  private final IndexHome home;
  private final Runnable release;

  /**
   * Wraps rows.
   *
   * @param rows all alive
   * @param footprint the memory they take
   * @param home where they come from
   * @param release gives back what they hold, once no search runs
   */
  StoredFlatIndex(
      int dimension,
      Metric metric,
      FlatRows rows,
      Footprint footprint,
      IndexHome home,
      Runnable release) {
    super(dimension, metric);
    this.snapshot =
        new Snapshot(rows, rows.limit(), new Pool<>(() -> new FlatScan(rows.vectors().scorer())));
    this.footprint = footprint;
    this.home = home;
    this.release = release;
  }

  @Override
  Snapshot snapshot() {
    return snapshot;
  }

  @Override
  long[] allIds() {
    return IntStream.range(0, snapshot.size()).mapToLong(snapshot.rows()::id).toArray();
  }

  @Override
  public IndexStats stats() {
    epochs.checkOpen();
    return new IndexStats(snapshot.size(), 0, home.generation(), footprint);
  }

  @Override
  public void save(Path directory) throws IOException {
    Objects.requireNonNull(directory, "directory");
    int ticket = epochs.enter();
    saving.lock();
    try {
      int[] rows = IntStream.range(0, snapshot.size()).toArray();
      home.save(
          directory,
          FlatFormat.TYPE,
          part -> FlatFormat.write(part, dimension, metric, snapshot.rows(), rows));
    } finally {
      saving.unlock();
      epochs.exit(ticket);
    }
  }

  @Override
  public void close() {
    saving.lock();
    try {
      if (!epochs.closed()) {
        epochs.close();
        release.run();
      }
    } finally {
      saving.unlock();
    }
  }
}
