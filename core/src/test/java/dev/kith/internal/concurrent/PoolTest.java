package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.support.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void whatWasGivenBackIsLentAgain() {
    Pool<Object> pool = new Pool<>(Object::new);
    Object first = pool.borrow();
    assertThat(pool.borrow()).isNotSameAs(first);
    pool.giveBack(first);
    assertThat(pool.borrow()).isSameAs(first);
    assertThat(pool.borrow()).isNotSameAs(first);
  }

  @Test
  void itLendsWithoutLimitAndKeepsAFew() {
    Pool<Object> pool =
        new Pool<>(
            () -> {
              made.incrementAndGet();
              return new Object();
            });
    for (int round = 0; round < 2; round++) {
      List<Object> lent = new ArrayList<>();
      Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int i = 0; i < 5000; i++) {
        lent.add(pool.borrow());
      }
      distinct.addAll(lent);
      assertThat(distinct).hasSize(5000);
      lent.forEach(pool::giveBack);
    }
    assertThat(made.get()).as("some were kept, most were not").isBetween(9000, 9999);
  }

  @Test
  void aFailureOfTheMakerReachesTheBorrowerAndHarmsNobodyElse() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Pool<Object> pool =
        new Pool<>(
            () -> {
              if (broken.get()) {
                throw new OutOfMemoryError("of the test");
              }
              return new Object();
            });
    assertThatThrownBy(pool::borrow).isInstanceOf(OutOfMemoryError.class);
    broken.set(false);
    Object scratch = pool.borrow();
    pool.giveBack(scratch);
    assertThat(pool.borrow()).isSameAs(scratch);
  }

  @Test
  void anObjectIsWithOneBorrowerAtATime() throws InterruptedException {
    Pool<AtomicBoolean> pool =
        new Pool<>(
            () -> {
              made.incrementAndGet();
              return new AtomicBoolean();
            });
    int rounds = 50_000;
    Threads.Action borrower =
        () -> {
          for (int i = 0; i < rounds; i++) {
            AtomicBoolean lent = pool.borrow();
            assertThat(lent.getAndSet(true)).as("lent to somebody else").isFalse();
            lent.set(false);
            pool.giveBack(lent);
          }
        };
    Threads.run(borrower, borrower, borrower, borrower);
    assertThat(made.get()).as("objects are used again").isLessThan(rounds);
  }
}
