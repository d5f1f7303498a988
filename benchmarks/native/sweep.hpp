#pragma once

#include "engine.hpp"

namespace kith {

struct Effort {
  int k;
  int effort;
  int passes;
  int threads;
};

/** One row of the curve: rate and latencies are medians over the passes. */
struct Point {
  double recall;
  double queriesPerSecond;
  double p50Micros;
  double p99Micros;
};

/** Searches every query once without timing, which also gives the recall, then times the passes. */
Point measure(Engine& engine, const Matrix& queries, const IdTable& truth, const Effort& effort);

}  // namespace kith
