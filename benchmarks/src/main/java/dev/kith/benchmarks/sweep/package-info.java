/**
 * The recall/QPS sweep.
 *
 * <ul>
 *   <li>{@link dev.kith.benchmarks.sweep.SweepCommand} reads the options; {@code Sweep} runs the
 *       engines in turn, each in a JVM of its own ({@code EngineProcess}).
 *   <li>In that JVM {@link dev.kith.benchmarks.sweep.MeasureCommand} builds the index, and {@code
 *       Stopwatch} times it at each effort.
 *   <li>Data sets come from {@link dev.kith.benchmarks.sweep.TestSets}: {@code TexmexFolder},
 *       {@code Hdf5File} or {@code SyntheticSpec}; {@code Truths} keeps computed answers.
 *   <li>A result is a {@link dev.kith.benchmarks.sweep.CurvePoint}; {@link
 *       dev.kith.benchmarks.sweep.CurveFile} writes and reads them, {@link
 *       dev.kith.benchmarks.sweep.Curve} interpolates between them, {@code Summary} and {@code
 *       Plot} show them.
 * </ul>
 */
@NullMarked
package dev.kith.benchmarks.sweep;

import org.jspecify.annotations.NullMarked;
