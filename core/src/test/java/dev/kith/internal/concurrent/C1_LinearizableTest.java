package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.MutableVectorIndex;
import dev.kith.flat.FlatIndex;
import dev.kith.internal.concurrent.Linearization.Call;
import dev.kith.internal.concurrent.Linearization.Kind;
import dev.kith.support.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads add, remove and ask of one id at once, some order of the calls explains every
 * result. The tests of other index types inherit this.
 */
@Tag("simd-only") // about order, not about numbers: once is enough
public class C1_LinearizableTest {
  /** Components of every vector; the first is its number. */
  protected static final int DIMENSION = 2;

  private static final int BATCHES = Boolean.getBoolean("kith.long") ? 1_000 : 50;
  private static final int ROUNDS = 1_000;
  private static final int THREADS = 3;
  private static final int CALLS = 4;
  private static final int SPINS = 200;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger arrived = new AtomicInteger();

  /** An empty index of the type that is tested. */
  protected MutableVectorIndex create() {
    return FlatIndex.create(DIMENSION, Metric.L2);
  }

  /** Rounds that a batch plays on an id each, and forgets before the next, which takes its rows. */
  protected int batches() {
    return BATCHES;
  }

  @Test
  void callsOnOneIdHaveAnOrder() throws Exception {
    Seeds.one(
        random -> {
          try (MutableVectorIndex index = create();
              ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int batch = 0; batch < batches(); batch++) {
              play(index, random, threads);
              for (long id : index.ids()) {
                index.remove(id);
              }
            }
          }
        });
  }

  private void play(MutableVectorIndex index, SplittableRandom random, ExecutorService threads)
      throws Exception {
    arrived.set(0);
    List<Callable<List<List<Call>>>> tasks = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      SplittableRandom own = random.split();
      int first = t * CALLS;
      tasks.add(
          () -> {
            try {
              return rounds(index, own, first);
            } catch (Throwable e) {
              arrived.set(Integer.MAX_VALUE / 2); // nobody waits for a thread that has failed
              throw e;
            }
          });
    }
    List<List<List<Call>>> played = new ArrayList<>();
    for (Future<List<List<Call>>> rounds : threads.invokeAll(tasks)) {
      played.add(rounds.get());
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<Call> all = new ArrayList<>();
      for (List<List<Call>> rounds : played) {
        all.addAll(rounds.get(round));
      }
      assertThat(Linearization.exists(all)).as("an order of %s", all).isTrue();
    }
  }

  private List<List<Call>> rounds(MutableVectorIndex index, SplittableRandom random, int first) {
    List<List<Call>> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Call> calls = new ArrayList<>();
      meet(round);
      for (int i = 0; i < CALLS; i++) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        long begin = clock.incrementAndGet();
        int result = call(index, round, kind, first + i);
        calls.add(new Call(kind, first + i, result, begin, clock.incrementAndGet()));
      }
      rounds.add(calls);
    }
    return rounds;
  }

  /** Threads that sleep until they are woken do not come at once. */
  private void meet(int round) {
    arrived.incrementAndGet();
    for (int spins = 0; arrived.get() < THREADS * (round + 1); spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private static int call(MutableVectorIndex index, long id, Kind kind, int number) {
    return switch (kind) {
      case ADD -> index.add(id, new float[] {number, 1}) ? 1 : 0;
      case REMOVE -> index.remove(id) ? 1 : 0;
      case CONTAINS -> index.contains(id) ? 1 : 0;
      case VECTOR -> {
        try {
          yield (int) index.vector(id)[0];
        } catch (NoSuchElementException e) {
          yield Linearization.ABSENT;
        }
      }
    };
  }

  /** The proof that a result that no order explains is noticed. */
  @Test
  void resultsWithoutAnOrderAreNoticed() {
    Call add = new Call(Kind.ADD, 5, 1, 1, 4);
    Call gone = new Call(Kind.CONTAINS, 0, 0, 2, 3);
    assertThat(Linearization.exists(List.of(add, gone))).isTrue();
    assertThat(Linearization.exists(List.of(add, new Call(Kind.CONTAINS, 0, 0, 5, 6)))).isFalse();
    assertThat(Linearization.exists(List.of(add, new Call(Kind.ADD, 6, 1, 2, 3)))).isFalse();
    assertThat(
            Linearization.exists(
                List.of(add, new Call(Kind.VECTOR, 0, 5, 2, 3), new Call(Kind.REMOVE, 0, 0, 4, 5))))
        .isFalse();
  }
}
