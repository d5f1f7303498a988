package dev.kith;

/** How the files of an index are read. */
public enum OpenMode {
  /** Everything is read into the heap and verified against its checksums: fastest searches. */
  HEAP,

  /**
   * Files are mapped and read in place: opens at once, may be larger than memory, read-only.
   * Headers and sizes are verified, checksums are not (use {@link VectorIndexes#check}). The files
   * must not be truncated by other programs while the index is open: a page that is gone kills the
   * JVM. Kith itself never changes committed files.
   */
  MAPPED
}
