package dev.kith.internal.idmap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kith.internal.concurrent.Epochs;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Who scans while an id moves to another row meets rows that are whole, and notices when it may
 * have met both.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the old row")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "the new row")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "neither, as a long search may")
@Outcome(id = "3, 1", expect = ACCEPTABLE, desc = "both, and noticed")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "half written, or twice in secret")
@State
public class C3_Replacement {
  private static final long ID = 5;
  private final Epochs epochs = new Epochs();
  private final RowTable table = new RowTable(epochs);

  /** Written without any order, as vectors are. */
  private final int[] contents = new int[4];

  public C3_Replacement() {
    write(1);
  }

  private void write(int content) {
    table.ensureRoom(1, false);
    int row = table.take();
    contents[row] = content;
    table.publish(row, ID);
  }

  @Actor
  public void replace() {
    write(2);
  }

  @Actor
  public void search(II_Result seen) {
    int ticket = epochs.enter();
    RowTable.View view = table.view();
    int rows = 0;
    for (long bits = view.alive(0); bits != 0; bits &= bits - 1) {
      int row = Long.numberOfTrailingZeros(bits);
      if (row < view.limit() && table.current(view.id(row), row)) {
        rows++;
        seen.r1 += view.id(row) == ID ? contents[row] : 100;
      }
    }
    seen.r2 = rows > 1 && table.replacedSince(view) ? 1 : 0;
    epochs.exit(ticket);
  }
}
