package dev.kith.internal.idmap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kith.internal.concurrent.Epochs;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The row of a removed id is not filled in anew under the eyes of who has found it alive. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "removed")
@Outcome(id = "5, 1", expect = ACCEPTABLE, desc = "not removed yet, and left alone")
@Outcome(id = "6, 2", expect = ACCEPTABLE, desc = "taken again, and whole")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "the vector of another id")
@State
public class C3_Reuse {
  private final Epochs epochs = new Epochs();
  private final RowTable table = new RowTable(epochs);

  /** Written without any order, as vectors are. */
  private final int[] contents = new int[4];

  public C3_Reuse() {
    write(5, 1);
  }

  private void write(long id, int content) {
    table.ensureRoom(1, false);
    int row = table.take();
    contents[row] = content;
    table.publish(row, id);
  }

  @Actor
  public void removeAndAdd() {
    table.remove(5);
    write(6, 2);
  }

  @Actor
  public void search(II_Result seen) {
    int ticket = epochs.enter();
    RowTable.View view = table.view();
    if ((view.alive(0) & 1) != 0) {
      seen.r1 = (int) view.id(0);
      seen.r2 = contents[0];
    }
    epochs.exit(ticket);
  }
}
