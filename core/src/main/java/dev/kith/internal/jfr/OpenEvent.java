package dev.kith.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An index opened from a directory. */
@Name("dev.kith.Open")
@Label("Open")
@Category("Kith")
@Description("An index opened from a directory")
public final class OpenEvent extends Event {
  /** The type of the index, such as {@code flat}. */
  @Label("Index type")
  public String type = "";

  /** Bytes. */
  @Label("Bytes")
  public long bytes;

  /** Makes an event; the caller begins and commits it. */
  public OpenEvent() {}
}
