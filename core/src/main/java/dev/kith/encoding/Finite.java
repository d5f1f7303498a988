package dev.kith.encoding;

/** Keeps estimates of finite numbers finite. */
final class Finite {
  private Finite() {}

  /** The nearest finite float; never minus zero. */
  static float of(double value) {
    double within = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    return (float) within + 0f;
  }
}
