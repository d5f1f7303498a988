/**
 * The graph. In reading order:
 *
 * <ul>
 *   <li>{@code Adjacency} is what a search sees; {@code Graph} holds links in memory, {@link
 *       dev.kith.hnsw.internal.MappedGraph} in a file.
 *   <li>{@code Beam} walks towards a query, with {@code Visited}, {@code MinQueue}, {@code
 *       BestQueue} of {@code Keys}; {@link dev.kith.hnsw.internal.GraphSearch} answers a request.
 *   <li>{@code Insertion} links a round of rows; {@code Crew} has a {@code Worker} per thread,
 *       which chooses neighbours by {@code Selection}; {@code Levels} come from ids.
 *   <li>{@code Repair} takes removed rows out; {@code Reachability} links in what a {@code Reach}
 *       from the entry point misses.
 *   <li>Codes of rows live in a {@code CodeSpace}; {@code InFull} looks at full vectors after a
 *       walk on them.
 *   <li>{@code CodedLinks} are the links once more, with codes, which {@code CodedBeam} walks on
 *       with a {@code Shortlist}, from the best of an {@code EntryTable}; {@code Codes} keeps them
 *       up to the links, {@code LinkCoder} rewrites one row's.
 *   <li>{@link dev.kith.hnsw.internal.LiveGraph} is all of that as one changing graph.
 *   <li>{@link dev.kith.hnsw.internal.HnswFormat} and {@link dev.kith.hnsw.internal.HnswFile} know
 *       the file.
 * </ul>
 */
@NullMarked
package dev.kith.hnsw.internal;

import org.jspecify.annotations.NullMarked;
