package dev.kith.internal.rows;

import dev.kith.Footprint;
import dev.kith.IndexStats;
import dev.kith.internal.concurrent.Epochs;
import dev.kith.internal.storage.IndexHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What an index opened for reading holds besides its rows, and how it is saved elsewhere and
 * closed.
 *
 * <p>Concurrency: any thread.
 */
public final class Opened {
  private final ReentrantLock saving = new ReentrantLock();
  private final Epochs epochs;
  private final String type;
  private final IndexHome.Content content;
  private final Footprint footprint;
  private final IndexHome home;
  private final Runnable release;

  /**
   * Gathers the parts.
   *
   * @param epochs of the index
   * @param type its type name
   * @param content writes its files
   * @param footprint the memory it takes
   * @param home where it comes from
   * @param release gives back what it holds, once no search runs
   */
  public Opened(
      Epochs epochs,
      String type,
      IndexHome.Content content,
      Footprint footprint,
      IndexHome home,
      Runnable release) {
    this.epochs = epochs;
    this.type = type;
    this.content = content;
    this.footprint = footprint;
    this.home = home;
    this.release = release;
  }

  /**
   * The state of the index.
   *
   * @param vectors how many it has
   * @return the statistics
   */
  public IndexStats stats(int vectors) {
    epochs.checkOpen();
    return new IndexStats(vectors, 0, home.generation(), footprint);
  }

  /**
   * Saves the index.
   *
   * @param directory where to
   * @throws IOException if writing fails
   */
  public void save(Path directory) throws IOException {
    Objects.requireNonNull(directory, "directory");
    saving.lock();
    try {
      epochs.checkOpen();
      home.save(directory, type, content);
    } finally {
      saving.unlock();
    }
  }

  /** Closes the index: waits for searches and a save, then gives back what it holds. */
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
