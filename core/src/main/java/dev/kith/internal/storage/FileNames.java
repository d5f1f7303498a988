package dev.kith.internal.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of files in an index directory. */
final class FileNames {
  static final String MANIFEST = "manifest";
  static final String LOCK = "write.lock";
  private static final String DATA = ".kith";
  private static final String TEMPORARY = ".tmp";

  /** What {@link #data} gives, perhaps temporary: nobody else's file may pass for ours. */
  private static final Pattern DATA_OR_TEMPORARY =
      Pattern.compile("([a-z0-9-]+\\.)?[a-z0-9-]+-[1-9][0-9]*\\.kith(\\.tmp)?");

  /** A data file of the outermost index. */
  private static final Pattern OUTERMOST = Pattern.compile("[a-z0-9-]+-([1-9][0-9]{0,17})\\.kith");

  private FileNames() {}

  /**
   * The name of a data file: its part (empty for the outermost index), what it is, and the
   * generation.
   */
  static String data(String part, String name, long generation) {
    return (part.isEmpty() ? "" : part + ".") + name + "-" + generation + DATA;
  }

  /** The name a file has until it is complete. */
  static String temporary(String name) {
    return name + TEMPORARY;
  }

  /** Whether Kith makes files of this name; anything else makes a directory foreign. */
  static boolean isOurs(String name) {
    return name.equals(MANIFEST) || name.equals(LOCK) || isDataOrTemporary(name);
  }

  /** Whether a file of this name may be deleted when no manifest mentions it. */
  static boolean isDataOrTemporary(String name) {
    return name.equals(temporary(MANIFEST)) || DATA_OR_TEMPORARY.matcher(name).matches();
  }

  /** The generation in the name of a data file of the outermost index, or 0 for any other name. */
  static long generation(String name) {
    Matcher matcher = OUTERMOST.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
