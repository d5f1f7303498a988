package dev.kith;

import java.util.Objects;

/**
 * How an index is opened.
 *
 * @param mode into the heap or mapped
 * @param warmUp whether to run the kernels for a few hundred milliseconds before returning, so that
 *     the first searches find compiled code
 */
public record OpenOptions(OpenMode mode, boolean warmUp) {
  /**
   * Checks the parts.
   *
   * @param mode into the heap or mapped
   * @param warmUp whether to warm up
   */
  public OpenOptions {
    Objects.requireNonNull(mode, "mode");
  }

  /**
   * Reads into the heap, without warm-up.
   *
   * @return the defaults
   */
  public static OpenOptions defaults() {
    return new OpenOptions(OpenMode.HEAP, false);
  }

  /**
   * Maps the files instead of reading them.
   *
   * @return the defaults with {@link OpenMode#MAPPED}
   */
  public static OpenOptions mapped() {
    return new OpenOptions(OpenMode.MAPPED, false);
  }

  /**
   * Sets whether to warm up.
   *
   * @param warmUp true to run the kernels before returning
   * @return options with that choice
   */
  public OpenOptions warmUp(boolean warmUp) {
    return new OpenOptions(mode, warmUp);
  }
}
