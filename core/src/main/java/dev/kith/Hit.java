package dev.kith;

/**
 * One neighbour found.
 *
 * @param id the caller's id of the vector
 * @param distance its distance to the query, in the units of the index's {@link Metric}; smaller is
 *     closer
 */
public record Hit(long id, float distance) {}
