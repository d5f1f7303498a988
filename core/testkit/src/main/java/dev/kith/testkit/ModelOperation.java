package dev.kith.testkit;

import java.util.Random;

/**
 * One operation of a {@link ModelRun}. What it does follows from its kind and its seed alone, so a
 * list of operations from which some are left out can be played as well.
 */
record ModelOperation(Kind kind, long seed) {
  /** What can be done, and how often compared with the others; waiting for the disk takes long. */
  enum Kind {
    ADD(60),
    REMOVE(30),
    ADD_ALL(12),
    REMOVE_MANY(2),
    REFUSE(12),
    COMPACT(4),
    SAVE(1),
    REOPEN(1),
    READ(1),
    LOOK(4),
    SEARCH(100),
    SEARCH_ALL(10);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    int weight() {
      return weight;
    }
  }

  Random random() {
    return new Random(seed);
  }
}
