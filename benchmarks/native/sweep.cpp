#include "sweep.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "parallel.hpp"
#include "truth.hpp"

namespace kith {
namespace {

using Clock = std::chrono::steady_clock;

struct Pass {
  double seconds;
  std::vector<double> micros;  // of each query
};

Pass searchAll(const Engine& engine, const Matrix& queries, const Effort& effort, IdTable& found) {
  Pass pass{0, std::vector<double>(queries.rows)};
  const auto start = Clock::now();
  inParallel(effort.threads, queries.rows, [&](std::size_t q) {
    const auto before = Clock::now();
    engine.search(queries.row(q), effort.k, found.row(q));
    pass.micros[q] = std::chrono::duration<double, std::micro>(Clock::now() - before).count();
  });
  pass.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return pass;
}

/** The smallest value that a share of the values does not exceed. */
double quantile(std::vector<double>& values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * values.size()));
  const auto at = values.begin() + std::max<std::size_t>(rank, 1) - 1;
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

Point measure(Engine& engine, const Matrix& queries, const IdTable& truth, const Effort& effort) {
  engine.setEffort(effort.effort);
  IdTable found(queries.rows, effort.k, NO_ID);
  searchAll(engine, queries, effort, found);
  const double share = recall(found, truth, effort.k);
  std::vector<double> rates, halves, tails;
  for (int i = 0; i < effort.passes; i++) {
    Pass pass = searchAll(engine, queries, effort, found);
    rates.push_back(static_cast<double>(queries.rows) / pass.seconds);
    halves.push_back(quantile(pass.micros, 0.50));
    tails.push_back(quantile(pass.micros, 0.99));
  }
  return {share, quantile(rates, 0.5), quantile(halves, 0.5), quantile(tails, 0.5)};
}

}  // namespace kith
