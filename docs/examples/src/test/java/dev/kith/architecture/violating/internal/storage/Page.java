package dev.kith.architecture.violating.internal.storage;

import dev.kith.architecture.violating.internal.topk.Heap;

public class Page {
  Object heap() {
    return new Heap();
  }
}
