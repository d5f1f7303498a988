package dev.kith.testkit;

import dev.kith.IdSet;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Lists of ids in messages. */
final class Ids {
  private static final int SHOWN = 20;

  private Ids() {}

  /** The first few, so that a message about a large index stays readable. */
  static String show(long[] ids) {
    return Arrays.stream(ids)
        .limit(SHOWN)
        .mapToObj(Long::toString)
        .collect(
            Collectors.joining(
                ", ", "[", ids.length > SHOWN ? ", ... " + ids.length + " in all]" : "]"));
  }

  static long[] without(long[] ids, long[] excluded) {
    IdSet set = IdSet.of(excluded);
    return Arrays.stream(ids).filter(id -> !set.accepts(id)).toArray();
  }
}
