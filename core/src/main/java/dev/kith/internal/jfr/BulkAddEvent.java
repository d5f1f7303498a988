package dev.kith.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Many vectors added in one call. */
@Name("dev.kith.BulkAdd")
@Label("Bulk add")
@Category("Kith")
@Description("Many vectors added in one call")
public final class BulkAddEvent extends Event {
  /** The type of the index, such as {@code flat}. */
  @Label("Index type")
  public String type = "";

  /** Rows. */
  @Label("Rows")
  public long rows;

  /** Makes an event; the caller begins and commits it. */
  public BulkAddEvent() {}
}
