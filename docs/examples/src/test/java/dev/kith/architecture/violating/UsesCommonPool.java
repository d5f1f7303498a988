package dev.kith.architecture.violating;

import java.util.concurrent.ForkJoinPool;

class UsesCommonPool {
  Object pool() {
    return ForkJoinPool.commonPool();
  }
}
