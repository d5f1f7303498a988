#include "truth.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "parallel.hpp"

namespace kith {
namespace {

// 16 running sums let the compiler use vector registers without reordering a sum by itself.
constexpr std::size_t LANES = 16;
// 64 rows of 1,000 floats stay in a second-level cache while a block of queries passes over them.
constexpr std::size_t BASE_BLOCK = 64;
constexpr std::size_t QUERY_BLOCK = 16;

using Neighbour = std::pair<double, std::int32_t>;

template <typename Term>
double sum(const float* a, const float* b, std::size_t columns, Term term) {
  double lanes[LANES] = {};
  std::size_t j = 0;
  for (; j + LANES <= columns; j += LANES) {
    for (std::size_t l = 0; l < LANES; l++) {
      lanes[l] += term(static_cast<double>(a[j + l]), static_cast<double>(b[j + l]));
    }
  }
  double total = 0;
  for (; j < columns; j++) {
    total += term(static_cast<double>(a[j]), static_cast<double>(b[j]));
  }
  for (const double lane : lanes) {
    total += lane;
  }
  return total;
}

double distance(Metric metric, const float* a, const float* b, std::size_t columns) {
  if (metric == Metric::ANGULAR) {
    return -sum(a, b, columns, [](double x, double y) { return x * y; });
  }
  return sum(a, b, columns, [](double x, double y) { return (x - y) * (x - y); });
}

/** Keeps the k smallest; the order of pairs settles ties by row. */
void offer(std::vector<Neighbour>& heap, std::size_t k, Neighbour candidate) {
  if (heap.size() == k) {
    if (!(candidate < heap.front())) {
      return;
    }
    std::pop_heap(heap.begin(), heap.end());
    heap.pop_back();
  }
  heap.push_back(candidate);
  std::push_heap(heap.begin(), heap.end());
}

void scanBlock(const Dataset& data, std::size_t k, std::size_t firstQuery, IdTable& truth) {
  const std::size_t queries = std::min(QUERY_BLOCK, data.queries.rows - firstQuery);
  std::vector<std::vector<Neighbour>> heaps(queries);
  for (std::size_t start = 0; start < data.base.rows; start += BASE_BLOCK) {
    const std::size_t end = std::min(start + BASE_BLOCK, data.base.rows);
    for (std::size_t q = 0; q < queries; q++) {
      const float* query = data.queries.row(firstQuery + q);
      for (std::size_t i = start; i < end; i++) {
        offer(heaps[q], k,
              {distance(data.metric, query, data.base.row(i), data.base.columns),
               static_cast<std::int32_t>(i)});
      }
    }
  }
  for (std::size_t q = 0; q < queries; q++) {
    std::sort_heap(heaps[q].begin(), heaps[q].end());
    std::transform(heaps[q].begin(), heaps[q].end(), truth.row(firstQuery + q),
                   [](const Neighbour& neighbour) { return neighbour.second; });
  }
}

}  // namespace

IdTable exactNeighbours(const Dataset& data, std::size_t k) {
  IdTable truth(data.queries.rows, k);
  const std::size_t blocks = (data.queries.rows + QUERY_BLOCK - 1) / QUERY_BLOCK;
  const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  inParallel(threads, blocks,
             [&](std::size_t block) { scanBlock(data, k, block * QUERY_BLOCK, truth); });
  return truth;
}

double recall(const IdTable& found, const IdTable& truth, std::size_t k) {
  std::size_t hits = 0;
  std::vector<std::int32_t> wanted;
  for (std::size_t q = 0; q < found.rows; q++) {
    wanted.assign(truth.row(q), truth.row(q) + k);
    std::sort(wanted.begin(), wanted.end());
    hits += std::count_if(found.row(q), found.row(q) + k, [&](std::int32_t id) {
      return std::binary_search(wanted.begin(), wanted.end(), id);
    });
  }
  return static_cast<double>(hits) / static_cast<double>(found.rows * k);
}

}  // namespace kith
