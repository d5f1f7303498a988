package dev.kith.internal.storage;

/**
 * A section to be written.
 *
 * @param id what it holds; a number of the file type's own
 * @param length its bytes
 */
public record Section(int id, long length) {}
