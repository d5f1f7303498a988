package dev.kith;

/**
 * The work one search did.
 *
 * @param strategy how the index went about it, for example {@code "exact scan"}; meant for people
 *     and logs
 * @param distancesComputed distances between the query and stored vectors that were computed, codes
 *     included
 * @param nodesVisited rows or graph nodes looked at, filtered ones included
 * @param reranked rows whose distance was computed again from the full vector after a cheaper
 *     estimate
 * @param shardsAsked local indexes that took part; 1 for an index that is not sharded
 */
public record SearchStats(
    String strategy, long distancesComputed, long nodesVisited, long reranked, int shardsAsked) {}
