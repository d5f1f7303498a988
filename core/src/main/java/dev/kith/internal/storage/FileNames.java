package dev.kith.internal.storage;

/** The names of files in an index directory. */
final class FileNames {
  static final String MANIFEST = "manifest";
  static final String LOCK = "write.lock";
  private static final String DATA = ".kith";
  private static final String TEMPORARY = ".tmp";

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
    return name.equals(MANIFEST)
        || name.equals(LOCK)
        || name.equals(temporary(MANIFEST))
        || isDataOrTemporary(name);
  }

  /** Whether a file of this name may be deleted when no manifest mentions it. */
  static boolean isDataOrTemporary(String name) {
    return name.endsWith(DATA)
        || name.endsWith(DATA + TEMPORARY)
        || name.equals(temporary(MANIFEST));
  }
}
