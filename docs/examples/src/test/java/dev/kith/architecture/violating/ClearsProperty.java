package dev.kith.architecture.violating;

class ClearsProperty {
  void clear() {
    System.clearProperty("kith.speed");
  }
}
