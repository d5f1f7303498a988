/** Micro-benchmarks, run by JMH. */
@NullMarked
package dev.kith.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
