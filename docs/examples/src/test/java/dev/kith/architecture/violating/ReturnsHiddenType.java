package dev.kith.architecture.violating;

import dev.kith.architecture.violating.internal.topk.Heap;

public class ReturnsHiddenType {
  public Heap heap() {
    return new Heap();
  }
}
