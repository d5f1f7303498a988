package dev.kith.hnsw.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Who begins at a higher entry point finds its row whole: its vector, its level, its links. */
@JCStressTest
@Outcome(id = "0, 3, 0", expect = ACCEPTABLE, desc = "the entry point before")
@Outcome(id = "2, 7, 1", expect = ACCEPTABLE, desc = "the higher one, whole")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "a mix")
@State
public class C3_EntryPointRaise {
  private final Graph graph = new Graph(4, null);

  /** Written without any order, as vectors are. */
  private final int[] contents = {3, 0};

  public C3_EntryPointRaise() {
    graph.ensureCapacity(1);
    graph.reset(0, 0);
    graph.setEntryPoint(Adjacency.entry(0, 0));
  }

  @Actor
  public void write() {
    graph.ensureCapacity(2);
    graph.reset(1, 2);
    contents[1] = 7;
    graph.setLinks(1, 2, new int[] {0}, 1);
    graph.setEntryPoint(Adjacency.entry(1, 2));
  }

  @Actor
  public void search(III_Result seen) {
    int[] links = new int[8];
    long entry = graph.entryPoint();
    int row = Adjacency.entryRow(entry);
    seen.r1 = Adjacency.entryLevel(entry);
    seen.r2 = contents[row];
    seen.r3 = graph.links(row, seen.r1, links);
  }
}
