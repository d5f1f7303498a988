#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "table.hpp"
#include "texmex.hpp"

namespace kith {

enum class Metric { EUCLIDEAN, ANGULAR };

Metric parseMetric(const std::string& name);
std::string metricName(Metric metric);

/** Base and queries of one folder. Angular vectors have length 1: inner product ranks them. */
struct Dataset {
  std::string name;
  Metric metric;
  Matrix base;
  Matrix queries;
  /** The shipped truth, only where it has k columns and the whole base is used. */
  std::optional<IdTable> truth;
};

/** Without a metric, meta.json of the folder names it. */
Dataset loadDataset(const std::filesystem::path& directory, std::size_t limit,
                    std::optional<Metric> metric, std::size_t k);

}  // namespace kith
