package dev.kith.internal.storage;

/**
 * The kinds of files, each with a code that is never given to another kind and the newest version
 * of its layout.
 *
 * <p>A page under docs/format describes each; a test holds the pages against the code.
 */
public enum FileType {
  /** The list of an index's parts and files. */
  MANIFEST(1, 1),

  /** Ids and float32 rows of a flat index. */
  FLAT(2, 1),

  /** Ids, float32 rows and links of a graph index. */
  HNSW(3, 1);

  private final int code;
  private final int version;

  FileType(int code, int version) {
    this.code = code;
    this.version = version;
  }

  /**
   * The code in the file's header.
   *
   * @return more than zero
   */
  public int code() {
    return code;
  }

  /**
   * The version that is written, and the newest that is read.
   *
   * @return at least 1
   */
  public int version() {
    return version;
  }
}
