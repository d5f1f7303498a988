package dev.kith.internal.idmap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An id that moves while its map is rebuilt is always there, and never goes back. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "before")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "meanwhile")
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or back at the old row")
@State
public class C3_IdMapReads {
  private static final long ID = 5;

  /** Ids that fill the smallest table, so that one more rebuilds it. */
  private static final int MOST = 10;

  private final IdMap map = new IdMap();

  public C3_IdMapReads() {
    map.put(ID, 1);
    for (int i = 1; i < MOST; i++) {
      map.put(100 + i, 10 + i);
    }
  }

  @Actor
  public void write() {
    map.put(200, 20);
    map.put(ID, 2);
    map.put(201, 21);
  }

  @Actor
  public void read(II_Result seen) {
    seen.r1 = map.get(ID);
    seen.r2 = map.get(ID);
  }
}
