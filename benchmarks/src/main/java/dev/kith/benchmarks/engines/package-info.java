/**
 * What a sweep measures: one small class per engine behind {@link
 * dev.kith.benchmarks.engines.Engine}, all of them named in {@link
 * dev.kith.benchmarks.engines.Engines}.
 */
@NullMarked
package dev.kith.benchmarks.engines;

import org.jspecify.annotations.NullMarked;
