/**
 * The hinge of the house: how vectors are held ({@link dev.kith.encoding.Encoding}, {@link
 * dev.kith.encoding.EncodedVectors}) and how distances to them are asked for.
 *
 * <ul>
 *   <li>{@link dev.kith.encoding.QueryScorer}: one query, or one row, against a batch of rows.
 *   <li>{@link dev.kith.encoding.TileScorer}: many queries against many rows.
 *   <li>{@link dev.kith.encoding.BlockEncoding}, {@link dev.kith.encoding.BlockEncoder}, {@link
 *       dev.kith.encoding.BlockScorer}: codes in contiguous blocks.
 *   <li>{@link dev.kith.encoding.RaBitQ}: one bit a component, in blocks.
 *   <li>{@link dev.kith.encoding.Float32Encoding}: vectors as they are. {@link
 *       dev.kith.encoding.VectorCheck} says which are taken at all.
 * </ul>
 */
@NullMarked
package dev.kith.encoding;

import org.jspecify.annotations.NullMarked;
