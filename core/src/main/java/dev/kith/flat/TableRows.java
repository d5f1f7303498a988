package dev.kith.flat;

import dev.kith.encoding.GrowableVectors;
import dev.kith.internal.idmap.RowTable;

/** Rows in memory, at one moment. */
record TableRows(RowTable table, RowTable.View view, GrowableVectors vectors) implements FlatRows {
  @Override
  public int limit() {
    return view.limit();
  }

  @Override
  public long alive(int word) {
    return view.alive(word);
  }

  @Override
  public long id(int row) {
    return view.id(row);
  }

  @Override
  public int row(long id) {
    return table.row(id);
  }

  @Override
  public boolean current(long id, int row) {
    return table.current(id, row);
  }
}
