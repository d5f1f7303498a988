/**
 * The exact index.
 *
 * <p>{@link dev.kith.flat.FlatIndex} is its one public word. Inside, {@code ExactIndex} is the
 * searching half shared with {@code StoredFlatIndex}; {@code FlatBatch} answers many requests in
 * one pass over the rows. {@code FlatFormat} and {@code FlatFile} know the file.
 */
@NullMarked
package dev.kith.flat;

import org.jspecify.annotations.NullMarked;
