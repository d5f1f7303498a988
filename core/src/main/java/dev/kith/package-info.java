/**
 * The words of the domain: what every index can do, and what goes in and out of it.
 *
 * <ul>
 *   <li>{@link dev.kith.VectorIndex} searches, {@link dev.kith.MutableVectorIndex} also changes;
 *       {@link dev.kith.VectorIndexes} opens and checks saved ones and makes new ones of an {@link
 *       dev.kith.IndexSpec}.
 *   <li>{@link dev.kith.SearchRequest} goes in ({@link dev.kith.IdFilter}, {@link dev.kith.IdSet},
 *       {@link dev.kith.SearchParams}), {@link dev.kith.Hits} of {@link dev.kith.Hit} come out.
 *   <li>{@link dev.kith.VectorSource} and {@link dev.kith.BulkOptions} feed bulk work.
 *   <li>{@link dev.kith.Metric} says what near means.
 * </ul>
 */
@NullMarked
package dev.kith;

import org.jspecify.annotations.NullMarked;
