package dev.kith.hnsw.internal;

import java.util.Arrays;

/** The best so many keys seen, the largest on top: a bounded binary heap of longs. */
final class BestQueue {
  private long[] keys = new long[256];
  private int limit;
  private int size;

  void reset(int limit) {
    this.limit = limit;
    this.size = 0;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == limit;
  }

  /** The largest key held; only when there is one. */
  long worst() {
    return keys[0];
  }

  /** Takes a key if there is room or it is smaller than the worst, which it then replaces. */
  void offer(long key) {
    if (size < limit) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, (int) Math.min(limit, 2L * size));
      }
      int slot = size++;
      while (slot > 0) {
        int parent = (slot - 1) >>> 1;
        if (keys[parent] >= key) {
          break;
        }
        keys[slot] = keys[parent];
        slot = parent;
      }
      keys[slot] = key;
    } else if (key < keys[0]) {
      siftDown(key, size);
    }
  }

  /** Hands out all keys in ascending order and empties the queue. */
  int drain(long[] sorted) {
    int count = size;
    while (size > 0) {
      int last = --size;
      sorted[last] = keys[0];
      siftDown(keys[last], last);
    }
    return count;
  }

  private void siftDown(long key, int count) {
    int slot = 0;
    while (true) {
      int child = 2 * slot + 1;
      if (child >= count) {
        break;
      }
      if (child + 1 < count && keys[child + 1] > keys[child]) {
        child++;
      }
      if (key >= keys[child]) {
        break;
      }
      keys[slot] = keys[child];
      slot = child;
    }
    keys[slot] = key;
  }
}
