package dev.kith.architecture.violating.internal.topk;

import dev.kith.architecture.violating.internal.storage.Page;

public class Heap {
  Page page = new Page();
}
