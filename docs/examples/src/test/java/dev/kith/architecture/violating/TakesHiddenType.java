package dev.kith.architecture.violating;

import dev.kith.architecture.violating.internal.topk.Heap;

public class TakesHiddenType {
  public TakesHiddenType(Heap[] heaps) {}
}
