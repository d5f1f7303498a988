package dev.kith.architecture.violating;

import java.util.concurrent.CompletableFuture;

class SuppliesAsync {
  Object supply() {
    return CompletableFuture.supplyAsync(() -> "done");
  }
}
