package dev.kith.internal.topk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.support.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopKTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private record Candidate(float distance, long id, int ordinal) {}

  /** Both zeros are equal, as in the comparison of distances. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble((Candidate c) -> c.distance + 0.0).thenComparingLong(c -> c.id);

  private static float distance(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> Float.POSITIVE_INFINITY;
      case 1 -> Float.NEGATIVE_INFINITY;
      case 2 -> 0f;
      case 3 -> -0f;
      case 4, 5, 6 -> random.nextInt(-3, 4);
      default -> (float) random.nextDouble(-10, 10);
    };
  }

  private static List<Candidate> candidates(SplittableRandom random, int count) {
    List<Candidate> candidates = new ArrayList<>();
    long step = random.nextLong() | 1;
    for (int i = 0; i < count; i++) {
      // an odd step meets every long before it repeats: ids are distinct, of any size and sign
      candidates.add(new Candidate(distance(random), Long.MIN_VALUE + i * step, i));
    }
    return candidates;
  }

  private static List<Candidate> drain(TopK top) {
    int size = top.size();
    float[] distances = new float[size];
    long[] ids = new long[size];
    int[] ordinals = new int[size];
    assertThat(top.drain(distances, ids, ordinals)).isEqualTo(size);
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(new Candidate(distances[i], ids[i], ordinals[i]));
    }
    return all;
  }

  @Test
  void itKeepsWhatSortingWouldPutFirst() {
    TopK top = new TopK();
    Seeds.run(
        2000,
        random -> {
          List<Candidate> candidates = candidates(random, random.nextInt(200));
          int k = random.nextInt(8) == 0 ? Integer.MAX_VALUE : random.nextInt(60);
          float maxDistance = random.nextBoolean() ? INFINITY : distance(random);
          boolean askFirst = random.nextBoolean();
          top.reset(k, maxDistance);
          for (Candidate c : candidates) {
            if (!askFirst || c.distance <= top.bound()) {
              top.offer(c.distance, c.id, c.ordinal);
            }
          }
          List<Candidate> expected =
              candidates.stream()
                  .filter(c -> c.distance <= maxDistance)
                  .sorted(BEST_FIRST)
                  .limit(k)
                  .toList();
          assertThat(top.size()).isEqualTo(expected.size());
          assertThat(drain(top)).isEqualTo(expected);
        });
  }

  @Test
  void theBoundIsTheWorstDistanceThatMayStillEnter() {
    Seeds.run(
        200,
        random -> {
          TopK top = new TopK();
          int k = random.nextInt(1, 20);
          float maxDistance = random.nextBoolean() ? INFINITY : 2f;
          top.reset(k, maxDistance);
          List<Float> held = new ArrayList<>();
          for (Candidate c : candidates(random, 100)) {
            top.offer(c.distance, c.id, c.ordinal);
            if (c.distance <= maxDistance) {
              held.add(c.distance + 0f);
            }
            float worst =
                held.size() < k ? maxDistance : held.stream().sorted().toList().get(k - 1);
            assertThat(top.bound() + 0f).isEqualTo(worst);
          }
        });
  }

  @Test
  void ofEqualDistancesTheSmallerIdsStayWhateverTheOrder() {
    Seeds.run(
        50,
        random -> {
          TopK top = new TopK();
          top.reset(10, INFINITY);
          long[] ids = random.longs(1000).distinct().toArray();
          for (long id : ids) {
            top.offer(random.nextBoolean() ? 0f : -0f, id, 0);
          }
          long[] smallest = Arrays.stream(ids).sorted().limit(10).toArray();
          assertThat(drain(top).stream().mapToLong(Candidate::id).toArray()).isEqualTo(smallest);
        });
  }

  @Test
  void kOfZeroKeepsNothingAndSaysSo() {
    TopK top = new TopK();
    top.reset(0, INFINITY);
    top.offer(1f, 1, 1);
    top.offer(Float.NEGATIVE_INFINITY, 2, 2);

    assertThat(top.size()).isZero();
    assertThat(top.bound()).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(drain(top)).isEmpty();
  }

  @Test
  void theLargestDistanceIsInclusive() {
    TopK top = new TopK();
    top.reset(5, 1f);
    top.offer(1f, 1, 0);
    top.offer(Math.nextUp(1f), 2, 0);
    assertThat(drain(top)).containsExactly(new Candidate(1f, 1, 0));

    top.reset(5, INFINITY);
    top.offer(INFINITY, 3, 0);
    assertThat(drain(top)).containsExactly(new Candidate(INFINITY, 3, 0));

    top.reset(5, Float.NEGATIVE_INFINITY);
    top.offer(-Float.MAX_VALUE, 4, 0);
    top.offer(Float.NEGATIVE_INFINITY, 5, 0);
    assertThat(drain(top)).containsExactly(new Candidate(Float.NEGATIVE_INFINITY, 5, 0));
  }

  @Test
  void resettingForgetsWhatWasHeld() {
    TopK top = new TopK();
    top.reset(2, 5f);
    top.offer(1f, 1, 1);
    top.offer(2f, 2, 2);
    assertThat(top.bound()).isEqualTo(2f);

    top.reset(3, 9f);
    assertThat(top.size()).isZero();
    assertThat(top.bound()).isEqualTo(9f);
  }

  @Test
  void afterDrainingItTakesTheSameAgain() {
    TopK top = new TopK();
    top.reset(1, 5f);
    top.offer(1f, 1, 1);
    drain(top);

    assertThat(top.bound()).isEqualTo(5f);
    top.offer(4f, 9, 9);
    assertThat(drain(top)).containsExactly(new Candidate(4f, 9, 9));
  }
}
