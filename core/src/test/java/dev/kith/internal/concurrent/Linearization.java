package dev.kith.internal.concurrent;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of calls on one id that explains what they returned, and in which no call
 * comes before one that had returned when it began (Wing and Gong's search).
 */
final class Linearization {
  /** The number of the vector when there is none. */
  static final int ABSENT = -1;

  /** What can be done to an id. */
  enum Kind {
    ADD,
    REMOVE,
    CONTAINS,
    VECTOR
  }

  /**
   * A call that has returned.
   *
   * @param kind what it was
   * @param argument the number of the vector that was added
   * @param result 1 for true, 0 for false, or the number of a vector
   * @param begin a tick before it
   * @param end a tick after it
   */
  record Call(Kind kind, int argument, int result, long begin, long end) {
    /**
     * The vector after the call on an id with a vector, or null if it would have another result.
     */
    Integer after(int state) {
      return switch (kind) {
        case ADD -> result == (state == ABSENT ? 1 : 0) ? argument : null;
        case REMOVE -> result == (state == ABSENT ? 0 : 1) ? ABSENT : null;
        case CONTAINS -> result == (state == ABSENT ? 0 : 1) ? state : null;
        case VECTOR -> result == state ? state : null;
      };
    }
  }

  private final List<Call> calls;
  private final Set<Long> seen = new HashSet<>();

  private Linearization(List<Call> calls) {
    this.calls = calls;
  }

  /** Whether there is such an order, of at most 31 calls, from an id without a vector on. */
  static boolean exists(List<Call> calls) {
    return new Linearization(calls).from(0, ABSENT);
  }

  private boolean from(int done, int state) {
    if (done == (1 << calls.size()) - 1) {
      return true;
    }
    if (!seen.add((long) done << 32 | state & 0xFFFF_FFFFL)) {
      return false;
    }
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      if ((done >> i & 1) == 0) {
        firstEnd = Math.min(firstEnd, calls.get(i).end());
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      if ((done >> i & 1) == 0 && calls.get(i).begin() <= firstEnd) {
        Integer after = calls.get(i).after(state);
        if (after != null && from(done | 1 << i, after)) {
          return true;
        }
      }
    }
    return false;
  }
}
