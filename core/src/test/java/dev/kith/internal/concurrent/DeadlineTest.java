package dev.kith.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.SearchRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final SearchRequest REQUEST = SearchRequest.of(new float[] {1}, 1);

  @Test
  void aRequestWithoutLimitsNeverStops() {
    assertThat(Deadline.of(REQUEST).passed()).isFalse();
  }

  @Test
  void aTimeoutPassesAfterItsTimeAndNotBefore() throws InterruptedException {
    Deadline soon = Deadline.of(REQUEST.timeout(Duration.ofMillis(30)));
    Deadline later = Deadline.of(REQUEST.timeout(Duration.ofMinutes(10)));
    long start = System.nanoTime();
    boolean early = soon.passed() && System.nanoTime() - start < 29_000_000;
    assertThat(early).isFalse();

    Thread.sleep(31);
    assertThat(soon.passed()).isTrue();
    assertThat(later.passed()).isFalse();
  }

  @Test
  void theShortestTimeoutHasPassedAtOnce() throws InterruptedException {
    Deadline deadline = Deadline.of(REQUEST.timeout(Duration.ofNanos(1)));
    Thread.sleep(1);
    assertThat(deadline.passed()).isTrue();
  }

  @Test
  void timeoutsBeyondTheRangeOfTheClockNeverPass() {
    Duration[] endless = {
      Duration.ofNanos(Long.MAX_VALUE),
      Duration.ofNanos(Long.MAX_VALUE).minusNanos(1),
      Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
      Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)
    };
    for (Duration timeout : endless) {
      assertThat(Deadline.of(REQUEST.timeout(timeout)).passed()).as("%s", timeout).isFalse();
    }
  }

  @Test
  void theCallerCanCancelWithAndWithoutATimeout() {
    AtomicBoolean cancelled = new AtomicBoolean();
    Deadline plain = Deadline.of(REQUEST.cancelWhen(cancelled::get));
    Deadline timed =
        Deadline.of(REQUEST.timeout(Duration.ofMinutes(10)).cancelWhen(cancelled::get));
    assertThat(plain.passed()).isFalse();
    assertThat(timed.passed()).isFalse();

    cancelled.set(true);
    assertThat(plain.passed()).isTrue();
    assertThat(timed.passed()).isTrue();
  }
}
