package dev.kith.architecture.violating;

class Prints {
  void out() {
    System.out.println();
  }
}
