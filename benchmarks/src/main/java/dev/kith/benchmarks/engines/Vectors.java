package dev.kith.benchmarks.engines;

import dev.kith.Metric;

/**
 * What an engine is built from. The id of a row is its position.
 *
 * @param rows the vectors; under COSINE of length one, so that every engine may use its fastest
 *     equal of the cosine
 * @param dimension components of every vector
 * @param metric how distances are measured
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Vectors(float[][] rows, int dimension, Metric metric) {}
