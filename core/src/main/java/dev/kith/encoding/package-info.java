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
 *   <li>{@link dev.kith.encoding.Int8Encoding}: a byte a component; {@link
 *       dev.kith.encoding.RaBitQEncoding}: one to eight bits a component, with error bounds from
 *       its {@link dev.kith.encoding.BoundScorer}.
 * </ul>
 */
@NullMarked
package dev.kith.encoding;

import org.jspecify.annotations.NullMarked;
