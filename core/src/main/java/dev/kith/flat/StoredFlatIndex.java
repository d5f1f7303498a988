package dev.kith.flat;

import dev.kith.Footprint;
import dev.kith.IndexStats;
import dev.kith.Metric;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.concurrent.Pool;
import dev.kith.internal.rows.ExactScan;
import dev.kith.internal.rows.Opened;
import dev.kith.internal.rows.Rows;
import dev.kith.internal.storage.IndexHome;
import java.io.IOException;
import java.nio.file.Path;

/** A flat index opened for reading, in the heap or mapped. */
final class StoredFlatIndex extends ExactIndex {
  private final Moment moment;
  private final Opened opened;

  /** Verifies the bytes that rows are read from. */
  @FunctionalInterface
  interface Verification {
    void run() throws IOException;
  }

  /**
   * Wraps rows.
   *
   * @param rows all alive
   * @param beforeSave verifies what was not verified when it was opened
   * @param footprint the memory they take
   * @param home where they come from
   * @param release gives back what they hold, once no search runs
   */
  StoredFlatIndex(
      int dimension,
      Metric metric,
      Rows rows,
      Verification beforeSave,
      Footprint footprint,
      IndexHome home,
      Runnable release) {
    super(dimension, metric, new Epochs());
    this.moment = new Moment(rows, new Pool<>(() -> new ExactScan(rows.vectors().scorer())));
    this.opened =
        new Opened(
            epochs,
            FlatFormat.TYPE,
            part -> {
              beforeSave.run();
              FlatFormat.write(part, dimension, metric, rows, rows.living());
            },
            footprint,
            home,
            release);
  }

  @Override
  Moment now() {
    return moment;
  }

  @Override
  public IndexStats stats() {
    return opened.stats(moment.rows().size());
  }

  @Override
  public void save(Path directory) throws IOException {
    opened.save(directory);
  }

  @Override
  public void close() {
    opened.close();
  }
}
