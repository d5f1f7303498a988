package dev.kith.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One search of one query. Off unless a recording asks for it: a busy index makes tens of thousands
 * a second.
 */
@Name("dev.kith.Search")
@Label("Search")
@Category("Kith")
@Description("One nearest-neighbour search")
@Enabled(false)
@StackTrace(false)
public final class SearchEvent extends Event {
  /** Hits asked for. */
  @Label("k")
  public int k;

  /** Hits found. */
  @Label("Hits")
  public int hits;

  /** Distances computed. */
  @Label("Distances")
  public long distances;

  /** The strategy, as in the statistics of the result. */
  @Label("Strategy")
  public String strategy = "";

  /** False when a limit cut the search short. */
  @Label("Complete")
  public boolean complete;

  /** Makes an event; the caller begins and commits it. */
  public SearchEvent() {}
}
