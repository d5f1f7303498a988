/** What changed between two sweeps. */
@NullMarked
package dev.kith.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
