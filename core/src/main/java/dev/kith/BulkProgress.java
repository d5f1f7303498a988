package dev.kith;

/**
 * Hears how far long work has come. Called from one thread at a time, at most a few times a second.
 */
@FunctionalInterface
public interface BulkProgress {
  /**
   * Tells the progress.
   *
   * @param done steps done, rows or requests, growing from call to call
   * @param total all steps
   */
  void progress(long done, long total);
}
