package dev.kith.internal.storage;

import dev.kith.Hits;
import dev.kith.IdSet;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What holds of every index that was opened, whoever wrote its files. Plain code, as a fuzzer runs
 * it millions of times.
 */
final class SoundIndex {
  private static final int MANY = 1_000;

  private SoundIndex() {}

  /** Fails unless ids, vectors and answers fit each other. */
  static void assertSound(VectorIndex index) {
    long[] ids = index.ids();
    require(ids.length == index.size() && distinct(ids), "ids", Arrays.toString(ids));
    for (long id : ids) {
      require(index.contains(id), "an id that is not contained", id);
      for (float component : index.vector(id)) {
        require(Float.isFinite(component), "a component", component);
      }
    }
    for (Hits hits : assertOrderly(index)) {
      for (long id : hits.ids()) {
        require(index.contains(id), "a hit that is not stored", id);
      }
    }
  }

  /** Fails unless searches end with what was asked for, each id once, in ascending order. */
  static List<Hits> assertOrderly(VectorIndex index) {
    float[] query = SmallIndex.vector(index.dimension(), 3);
    SearchRequest few = SearchRequest.of(query, 3);
    List<Hits> all = new ArrayList<>();
    all.add(orderly(index, few.filter(id -> id % 2 == 0)));
    all.add(orderly(index, few.filter(IdSet.of(1000, 1014, 1028))));
    for (Hits hits : all) {
      for (long id : hits.ids()) {
        require(id % 2 == 0, "a hit that the filter does not accept", id);
      }
    }
    all.add(orderly(index, few));
    all.add(orderly(index, SearchRequest.of(query, MANY)));
    all.add(orderly(index, few.maxDistance(1)));
    return all;
  }

  private static Hits orderly(VectorIndex index, SearchRequest request) {
    Hits hits = index.search(request);
    require(hits.size() <= request.k() && distinct(hits.ids()), "hits", hits);
    float last = Float.NEGATIVE_INFINITY;
    for (float distance : hits.distances()) {
      require(distance >= last, "distances of", hits);
      last = distance;
    }
    return hits;
  }

  private static boolean distinct(long[] ids) {
    return Arrays.stream(ids).distinct().count() == ids.length;
  }

  private static void require(boolean holds, String what, Object found) {
    if (!holds) {
      throw new AssertionError(what + ": " + found);
    }
  }
}
