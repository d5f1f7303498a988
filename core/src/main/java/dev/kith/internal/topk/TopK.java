package dev.kith.internal.topk;

import java.util.Arrays;

/**
 * The k best candidates so far, by distance and then by id: a binary heap with the worst on top.
 *
 * <p>A caller compares with {@link #bound()} first; only what may enter is offered. Results are
 * exact: of equal distances the smaller ids stay.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class TopK {
  private float[] distances = new float[16];
  private long[] ids = new long[16];
  private int[] ordinals = new int[16];
  private int size;
  private int k;
  private float maxDistance;
  private float bound;

  /**
   * Empties it.
   *
   * @param k how many to keep, at least 0
   * @param maxDistance the largest distance that may enter, inclusive
   */
  public void reset(int k, float maxDistance) {
    this.k = k;
    this.maxDistance = maxDistance;
    this.size = 0;
    this.bound = k == 0 ? Float.NEGATIVE_INFINITY : maxDistance;
  }

  /**
   * The largest distance that may still enter. A candidate at exactly this distance may enter by
   * its id.
   *
   * @return shrinks as candidates come in
   */
  public float bound() {
    return bound;
  }

  /**
   * How many candidates are held.
   *
   * @return at most k
   */
  public int size() {
    return size;
  }

  /**
   * Takes a candidate if it is among the best.
   *
   * @param distance not NaN
   * @param id the caller's id, which breaks ties
   * @param ordinal the row, handed back by {@link #drain}
   */
  public void offer(float distance, long id, int ordinal) {
    if (size < k) {
      if (distance <= maxDistance) {
        insert(distance, id, ordinal);
      }
    } else if (k > 0 && before(distance, id, distances[0], ids[0])) {
      siftDown(size, distance, id, ordinal);
      bound = distances[0];
    }
  }

  /**
   * Hands out everything in ascending order and empties the heap.
   *
   * @param sortedDistances receives {@link #size()} distances
   * @param sortedIds receives the ids
   * @param sortedOrdinals receives the rows
   * @return how many there were
   */
  public int drain(float[] sortedDistances, long[] sortedIds, int[] sortedOrdinals) {
    int count = size;
    while (size > 0) {
      int last = --size;
      sortedDistances[last] = distances[0];
      sortedIds[last] = ids[0];
      sortedOrdinals[last] = ordinals[0];
      siftDown(last, distances[last], ids[last], ordinals[last]);
    }
    reset(k, maxDistance);
    return count;
  }

  private void insert(float distance, long id, int ordinal) {
    if (size == distances.length) {
      int capacity = (int) Math.min(k, size * 2L);
      distances = Arrays.copyOf(distances, capacity);
      ids = Arrays.copyOf(ids, capacity);
      ordinals = Arrays.copyOf(ordinals, capacity);
    }
    int slot = size++;
    while (slot > 0) {
      int parent = (slot - 1) >>> 1;
      if (!before(distances[parent], ids[parent], distance, id)) {
        break;
      }
      put(slot, distances[parent], ids[parent], ordinals[parent]);
      slot = parent;
    }
    put(slot, distance, id, ordinal);
    if (size == k) {
      bound = distances[0];
    }
  }

  /** Places a candidate at the top of a heap of {@code count} elements whose top is free. */
  private void siftDown(int count, float distance, long id, int ordinal) {
    int slot = 0;
    while (true) {
      int child = 2 * slot + 1;
      if (child >= count) {
        break;
      }
      if (child + 1 < count
          && before(distances[child], ids[child], distances[child + 1], ids[child + 1])) {
        child++;
      }
      if (!before(distance, id, distances[child], ids[child])) {
        break;
      }
      put(slot, distances[child], ids[child], ordinals[child]);
      slot = child;
    }
    put(slot, distance, id, ordinal);
  }

  private void put(int slot, float distance, long id, int ordinal) {
    distances[slot] = distance;
    ids[slot] = id;
    ordinals[slot] = ordinal;
  }

  private static boolean before(float distance, long id, float otherDistance, long otherId) {
    return distance < otherDistance || (distance == otherDistance && id < otherId);
  }
}
