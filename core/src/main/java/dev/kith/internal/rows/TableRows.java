package dev.kith.internal.rows;

import dev.kith.encoding.GrowableVectors;
import dev.kith.internal.idmap.RowTable;

/**
 * Rows in memory, at one moment.
 *
 * @param table their ids and states
 * @param view those of one moment
 * @param vectors their vectors
 */
public record TableRows(RowTable table, RowTable.View view, GrowableVectors vectors)
    implements Rows {
  /**
   * The rows as they are now.
   *
   * @param table their ids and states
   * @param vectors their vectors
   * @return a view
   */
  public static TableRows now(RowTable table, GrowableVectors vectors) {
    return new TableRows(table, table.view(), vectors);
  }

  @Override
  public int limit() {
    return view.limit();
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public long[] ids() {
    return table.ids();
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
  public boolean replacedMeanwhile() {
    return table.replacedSince(view);
  }

  @Override
  public boolean current(long id, int row) {
    return table.current(id, row);
  }
}
