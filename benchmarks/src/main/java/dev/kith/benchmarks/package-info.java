/**
 * The command line of the benchmarks.
 *
 * <ul>
 *   <li>{@code Launcher} checks the version of java, {@code Main} holds the commands.
 *   <li>{@code sweep} measures recall against queries a second, every engine in a JVM of its own.
 *   <li>{@code engines} are what is measured: ours and the peers.
 *   <li>{@code compare} shows what changed between two sweeps.
 *   <li>{@code jmh} are the micro-benchmarks.
 * </ul>
 */
@NullMarked
package dev.kith.benchmarks;

import org.jspecify.annotations.NullMarked;
