package dev.kith.hnsw.internal;

import dev.kith.Metric;

/**
 * What a graph is built with; ranges are checked by the public config.
 *
 * @param dimension components of every vector
 * @param metric how distances are measured
 * @param m links of a new row
 * @param efConstruction the width of the beam that finds its neighbours
 * @param codeBits bits per component of the codes that each row has of its neighbours; 0 for none
 * @param seed what levels and the order of insertion follow from
 */
public record GraphParameters(
    int dimension, Metric metric, int m, int efConstruction, int codeBits, long seed) {}
