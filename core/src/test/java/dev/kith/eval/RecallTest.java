package dev.kith.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.Hits;
import dev.kith.SearchStats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hand-made cases: ids are written with their distances, so {@code 7@2} is id 7 at distance 2. */
class RecallTest {
  private static final SearchStats STATS = new SearchStats("by hand", 0, 0, 0, 1);

  @Test
  void sharesOfTheTrueNearestAreCounted() {
    GroundTruth truth = GroundTruth.of(new long[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
    List<Hits> found = List.of(hits("1@1 3@2 9@3 4@4"), hits("8@1 7@2 6@3 5@4"));

    Recall recall = Recall.at(4, truth, found);

    assertThat(recall.perQuery()).containsExactly(0.75, 1.0);
    assertThat(recall.mean()).isEqualTo(0.875);
    assertThat(recall.k()).isEqualTo(4);
    assertThat(recall).hasToString("recall@4 = 0.875 over 2 queries");
  }

  @Test
  void onlyTheFirstKOfBothSidesAreLookedAt() {
    GroundTruth truth = GroundTruth.of(new long[][] {{1, 2, 3, 4}});

    // Of {1, 2} the first two hits hold 1; hit 2 comes too late, hit 4 is no answer for k = 2.
    assertThat(Recall.at(2, truth, List.of(hits("1@1 4@2 2@3"))).mean()).isEqualTo(0.5);
    assertThat(Recall.at(1, truth, List.of(hits("1@1 4@2 2@3"))).mean()).isEqualTo(1);
  }

  @Test
  void missingHitsCountAsMisses() {
    GroundTruth truth = GroundTruth.of(new long[][] {{1, 2, 3, 4}});

    assertThat(Recall.at(4, truth, List.of(hits("2@1"))).mean()).isEqualTo(0.25);
    assertThat(Recall.at(4, truth, List.of(hits(""))).mean()).isZero();
  }

  @Test
  void whereFewerThanKExistFindingThemAllIsOne() {
    GroundTruth exact = GroundTruth.of(List.of(hits("1@1 2@2"), hits(""), hits("1@1")), 5);
    List<Hits> found = List.of(hits("1@1 2@2"), hits(""), hits("9@1"));

    assertThat(Recall.at(5, exact, found).perQuery()).containsExactly(1, 1, 0);
    assertThat(Recall.at(5, exact, List.of(hits("2@2"), hits("3@1"), hits("1@1"))).perQuery())
        .containsExactly(0.5, 1, 1);
  }

  @Test
  void shorterListsOfIdsSayThatNoMoreExist() {
    GroundTruth truth = GroundTruth.of(new long[][] {{1, 2, 3}, {1}, {}});

    assertThat(truth.k()).isEqualTo(3);
    assertThat(Recall.at(3, truth, List.of(hits("1@1"), hits("1@1"), hits("1@1"))).perQuery())
        .containsExactly(1 / 3.0, 1, 1);
  }

  @Test
  void aTieListedBeyondKIsAsGood() {
    GroundTruth truth = GroundTruth.of(List.of(hits("1@1 2@3 3@3 4@3 5@4")), 5);

    assertThat(recallOf(2, truth, "1@1 2@3")).isEqualTo(1);
    assertThat(recallOf(2, truth, "1@1 4@3")).isEqualTo(1);
    assertThat(recallOf(3, truth, "1@1 3@3 4@3")).isEqualTo(1);
    // The truth knows better than an index with estimates: 5 is farther away, 9 was never tied.
    assertThat(recallOf(2, truth, "1@1 5@3")).isEqualTo(0.5);
    assertThat(recallOf(2, truth, "1@1 9@3")).isEqualTo(0.5);
    // And 4 is tied, however far the index believes it to be.
    assertThat(recallOf(2, truth, "1@1 4@3.5")).isEqualTo(1);
  }

  @Test
  void tiedVectorsDoNotMakeUpForANearerOne() {
    GroundTruth truth = GroundTruth.of(List.of(hits("1@1 2@3 3@3 4@3 5@4")), 5);

    assertThat(recallOf(2, truth, "2@3 3@3")).isEqualTo(0.5);
    assertThat(recallOf(3, truth, "2@3 3@3 4@3")).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(recallOf(1, truth, "2@3 3@3")).isZero();
  }

  @Test
  void aTieThatReachesTheEndOfTheListGoesByTheDistanceReported() {
    GroundTruth truth = GroundTruth.of(List.of(hits("1@1 2@3")), 2);

    assertThat(recallOf(2, truth, "1@1 9@3")).isEqualTo(1);
    assertThat(recallOf(2, truth, "1@1 9@2.9999998")).isEqualTo(0.5);
    assertThat(recallOf(2, truth, "1@1 9@3.0000002")).isEqualTo(0.5);
    assertThat(recallOf(2, truth, "8@3 9@3")).isEqualTo(0.5);
    assertThat(recallOf(1, truth, "9@1 1@3")).isZero();
  }

  @Test
  void aListShorterThanItsKHidesNoTies() {
    GroundTruth truth = GroundTruth.of(List.of(hits("1@1 2@3")), 3);

    assertThat(recallOf(3, truth, "1@1 9@3")).isEqualTo(0.5);
  }

  @Test
  void allTiedIsFine() {
    GroundTruth truth = GroundTruth.of(List.of(hits("1@0 2@0 3@0")), 3);

    assertThat(recallOf(3, truth, "7@0 8@0 9@0")).isEqualTo(1);
    assertThat(recallOf(3, truth, "7@0 8@0")).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(recallOf(2, truth, "-0@-0.0 8@0")).isEqualTo(1);
  }

  @Test
  void withoutDistancesTiesDoNotCount() {
    GroundTruth truth = GroundTruth.of(new int[][] {{1, 2, 3}});

    assertThat(recallOf(2, truth, "1@1 3@2")).isEqualTo(0.5);
  }

  @Test
  void anIdCountsOnce() {
    Hits twice = hits("1@1 1@2 2@3 2@4");

    GroundTruth ids = GroundTruth.of(new long[][] {{1, 2, 3, 4}});
    assertThat(Recall.at(4, ids, List.of(twice)).mean()).isEqualTo(0.5);
    GroundTruth exact = GroundTruth.of(List.of(hits("1@1 2@3 3@3 4@3")), 4);
    assertThat(Recall.at(4, exact, List.of(twice)).mean()).isEqualTo(0.5);
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    GroundTruth truth = GroundTruth.of(new long[][] {{1, 2}});
    List<Hits> found = List.of(hits("1@1"));

    assertThatThrownBy(() -> Recall.at(0, truth, found))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k: 0, expected 1 to 2, the k of the ground truth");
    assertThatThrownBy(() -> Recall.at(3, truth, found))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k: 3, expected 1 to 2, the k of the ground truth");
    assertThatThrownBy(() -> Recall.at(1, truth, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("results: 0, expected 1, one for each query");
    assertThatThrownBy(() -> Recall.at(1, GroundTruth.of(List.of(), 1), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("results: empty, expected at least one");
  }

  private static double recallOf(int k, GroundTruth truth, String found) {
    return Recall.at(k, truth, List.of(hits(found))).mean();
  }

  private static Hits hits(String list) {
    String[] items = list.isEmpty() ? new String[0] : list.split(" ");
    long[] ids = new long[items.length];
    float[] distances = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      String[] parts = items[i].split("@");
      ids[i] = Long.parseLong(parts[0]);
      distances[i] = Float.parseFloat(parts[1]);
    }
    return Hits.of(ids, distances, true, STATS);
  }
}
