package dev.kith.internal.concurrent;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A search that has seen a row and goes on keeps it from being used again. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not seen, and kept to be safe")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "not seen, and used again")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "seen, and kept")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "used again while a search sees it")
@State
public class C3_LastSearch {
  private final Epochs epochs = new Epochs();

  /** Hidden with release semantics and no more, as rows are. */
  private final AtomicInteger alive = new AtomicInteger(1);

  @Actor
  public void search(II_Result seen) {
    epochs.enter();
    seen.r1 = alive.getAcquire();
  }

  @Actor
  public void hide(II_Result seen) {
    alive.setRelease(0);
    long hidden = epochs.retire();
    seen.r2 = epochs.oldestSafe() >= hidden ? 1 : 0;
  }
}
