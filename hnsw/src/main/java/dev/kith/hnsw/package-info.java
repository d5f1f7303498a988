/**
 * The graph index.
 *
 * <ul>
 *   <li>{@link dev.kith.hnsw.HnswIndex}: the index; made with an {@link dev.kith.hnsw.HnswConfig}.
 *   <li>{@link dev.kith.hnsw.HnswSearchParams}: how hard a search looks.
 * </ul>
 */
@NullMarked
package dev.kith.hnsw;

import org.jspecify.annotations.NullMarked;
