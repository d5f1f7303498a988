/**
 * How good an index is: data sets, the exact answers, and the share of them that an index finds.
 *
 * <ul>
 *   <li>{@link dev.kith.eval.Dataset} is what a measurement needs: base vectors, queries, metric
 *       and exact answers.
 *   <li>Vectors come from files ({@link dev.kith.eval.Texmex} reads fvecs, bvecs and ivecs into
 *       {@link dev.kith.eval.PackedVectors}) or are drawn ({@link dev.kith.eval.ClusteredVectors}).
 *   <li>{@link dev.kith.eval.GroundTruth} holds the exact answers: computed with all cores, taken
 *       from an exact index, or read from a file.
 *   <li>{@link dev.kith.eval.Recall} compares what an index found with them.
 * </ul>
 */
@NullMarked
package dev.kith.eval;

import org.jspecify.annotations.NullMarked;
