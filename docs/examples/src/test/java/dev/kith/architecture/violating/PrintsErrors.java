package dev.kith.architecture.violating;

class PrintsErrors {
  void err() {
    System.err.println();
  }
}
