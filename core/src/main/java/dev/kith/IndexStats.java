package dev.kith;

/**
 * A look at the state of an index at one moment.
 *
 * @param vectors vectors stored and visible to searches
 * @param reusableRows rows of removed or replaced vectors that later additions will take
 * @param generation how often the directory this index was opened from or last saved to has been
 *     saved; 0 for an index that has never met a directory
 * @param footprint bytes held, part by part: heap bytes, or mapped file bytes for an index opened
 *     as {@link OpenMode#MAPPED}
 */
public record IndexStats(long vectors, long reusableRows, long generation, Footprint footprint) {}
