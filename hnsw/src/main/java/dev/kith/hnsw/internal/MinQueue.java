package dev.kith.hnsw.internal;

import java.util.Arrays;

/** Candidates to expand, the smallest key first: a binary heap of longs that grows. */
final class MinQueue {
  private long[] keys = new long[256];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long top() {
    return keys[0];
  }

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    long[] heap = keys;
    int slot = size++;
    while (slot > 0) {
      int parent = (slot - 1) >>> 1;
      if (heap[parent] <= key) {
        break;
      }
      heap[slot] = heap[parent];
      slot = parent;
    }
    heap[slot] = key;
  }

  long poll() {
    long[] heap = keys;
    long least = heap[0];
    long last = heap[--size];
    int slot = 0;
    while (true) {
      int child = 2 * slot + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (last <= heap[child]) {
        break;
      }
      heap[slot] = heap[child];
      slot = child;
    }
    heap[slot] = last;
    return least;
  }
}
