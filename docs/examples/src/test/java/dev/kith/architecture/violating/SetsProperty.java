package dev.kith.architecture.violating;

class SetsProperty {
  void set() {
    System.setProperty("kith.speed", "high");
  }
}
