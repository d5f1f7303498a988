package dev.kith.hnsw.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Who meets a link sees the row it leads to: its vector and its own links. */
@JCStressTest
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not linked yet")
@Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "linked, and whole")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "linked and half written")
@State
public class C3_LinkPublication {
  private final Graph graph = new Graph(4, null);

  /** Written without any order, as vectors are. */
  private final int[] contents = {3, 0};

  public C3_LinkPublication() {
    graph.ensureCapacity(1);
    graph.reset(0, 0);
  }

  @Actor
  public void write() {
    graph.ensureCapacity(2);
    graph.reset(1, 0);
    contents[1] = 7;
    graph.setLinks(1, 0, new int[] {0}, 1);
    graph.setLinks(0, 0, new int[] {1}, 1);
  }

  @Actor
  public void search(II_Result seen) {
    int[] links = new int[8];
    seen.r1 = -1;
    seen.r2 = -1;
    if (graph.links(0, 0, links) > 0) {
      int row = links[0];
      seen.r1 = contents[row];
      seen.r2 = graph.links(row, 0, links);
    }
  }
}
