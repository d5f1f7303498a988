#pragma once

#include "dataset.hpp"

namespace kith {

/** The k nearest base rows of each query, nearest first, ties by smaller row; sums in double. */
IdTable exactNeighbours(const Dataset& data, std::size_t k);

/** The share of the k true neighbours that were found, averaged over the queries. */
double recall(const IdTable& found, const IdTable& truth, std::size_t k);

}  // namespace kith
