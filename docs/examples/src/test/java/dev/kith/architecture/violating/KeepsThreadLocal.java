package dev.kith.architecture.violating;

class KeepsThreadLocal {
  final ThreadLocal<float[]> scratch = new ThreadLocal<>();
}
