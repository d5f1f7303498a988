/** Micro-benchmarks, run by JMH. */
package dev.kith.benchmarks;
