package dev.kith;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * The result of a search: neighbours in ascending order of distance, ties by smaller id, never
 * padded.
 *
 * <p>An id appears at most once. There are fewer than k hits when fewer vectors are stored,
 * accepted by the filter or within {@code maxDistance}, or when the search was cut short, see
 * {@link #complete()}.
 *
 * <p>Concurrency: immutable. Memory: 12 bytes per hit.
 */
public final class Hits implements Iterable<Hit> {
  private final long[] ids;
  private final float[] distances;
  private final boolean complete;
  private final SearchStats stats;

  private Hits(long[] ids, float[] distances, boolean complete, SearchStats stats) {
    this.ids = ids;
    this.distances = distances;
    this.complete = complete;
    this.stats = stats;
  }

  /**
   * Makes a result of ids and distances that are already in order, for index implementations and
   * tests.
   *
   * @param ids the ids; the array is taken over, not copied
   * @param distances the distances, ascending, of the same length; taken over
   * @param complete whether the search ran to its end
   * @param stats the work done
   * @return the hits
   * @throws IllegalArgumentException if the lengths differ, a distance is NaN, or the order is
   *     broken
   */
  public static Hits of(long[] ids, float[] distances, boolean complete, SearchStats stats) {
    if (ids.length != distances.length) {
      throw new IllegalArgumentException(
          "ids and distances: lengths " + ids.length + " and " + distances.length + " differ");
    }
    for (int i = 0; i < ids.length; i++) {
      boolean ordered =
          i == 0
              ? !Float.isNaN(distances[i])
              : distances[i - 1] < distances[i]
                  || (distances[i - 1] == distances[i] && ids[i - 1] < ids[i]);
      if (!ordered) {
        throw new IllegalArgumentException(
            "distances: hit " + i + " (id " + ids[i] + ", " + distances[i] + ") breaks the order");
      }
    }
    return new Hits(ids, distances, complete, stats);
  }

  /**
   * The number of hits.
   *
   * @return from 0 to the k that was asked for
   */
  public int size() {
    return ids.length;
  }

  /**
   * The id of a hit.
   *
   * @param rank 0 for the nearest
   * @return the caller's id
   * @throws IndexOutOfBoundsException if the rank is not below {@link #size()}
   */
  public long id(int rank) {
    return ids[rank];
  }

  /**
   * The distance of a hit.
   *
   * @param rank 0 for the nearest
   * @return the distance, never NaN
   * @throws IndexOutOfBoundsException if the rank is not below {@link #size()}
   */
  public float distance(int rank) {
    return distances[rank];
  }

  /**
   * All ids, nearest first.
   *
   * @return a copy
   */
  public long[] ids() {
    return ids.clone();
  }

  /**
   * All distances, ascending.
   *
   * @return a copy
   */
  public float[] distances() {
    return distances.clone();
  }

  /**
   * Whether the search ran to its end. False when a time limit or a cancellation cut it short or a
   * shard failed; the hits are then the best of what was seen.
   *
   * @return true when nothing was left out
   */
  public boolean complete() {
    return complete;
  }

  /**
   * The work done for this result.
   *
   * @return the statistics
   */
  public SearchStats stats() {
    return stats;
  }

  /**
   * The hits as a list.
   *
   * @return an unmodifiable list, nearest first
   */
  public List<Hit> toList() {
    return IntStream.range(0, ids.length).mapToObj(i -> new Hit(ids[i], distances[i])).toList();
  }

  @Override
  public Iterator<Hit> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < ids.length;
      }

      @Override
      public Hit next() {
        if (next >= ids.length) {
          throw new NoSuchElementException();
        }
        return new Hit(ids[next], distances[next++]);
      }
    };
  }

  @Override
  public String toString() {
    return toList() + (complete ? "" : " (incomplete)");
  }
}
