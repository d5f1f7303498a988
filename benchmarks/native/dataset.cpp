#include "dataset.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <regex>

namespace kith {
namespace {

Metric metricOf(const std::filesystem::path& directory) {
  const auto file = directory / "meta.json";
  std::ifstream in(file);
  if (!in) {
    throw InputError(file.string() + ": missing, so --metric is needed");
  }
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::smatch match;
  if (!std::regex_search(text, match, std::regex("\"metric\"\\s*:\\s*\"([^\"]*)\""))) {
    throw InputError(file.string() + ": names no metric, so --metric is needed");
  }
  return parseMetric(match[1]);
}

void normalise(Matrix& vectors) {
  for (std::size_t i = 0; i < vectors.rows; i++) {
    float* row = vectors.row(i);
    double squares = 0;
    for (std::size_t j = 0; j < vectors.columns; j++) {
      squares += static_cast<double>(row[j]) * row[j];
    }
    if (squares == 0) {
      throw InputError("row " + std::to_string(i) + " is zero, which has no angle");
    }
    const double length = std::sqrt(squares);
    for (std::size_t j = 0; j < vectors.columns; j++) {
      row[j] = static_cast<float>(row[j] / length);
    }
  }
}

std::string folderName(const std::filesystem::path& directory) {
  const auto path = std::filesystem::absolute(directory).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

std::optional<IdTable> shippedTruth(const std::filesystem::path& directory, std::size_t queries,
                                    std::size_t k) {
  const auto file = directory / "groundtruth.ivecs";
  if (!std::filesystem::exists(file)) {
    return std::nullopt;
  }
  IdTable truth = readIds(file);
  if (truth.rows != queries) {
    throw InputError(file.string() + ": " + std::to_string(truth.rows) + " rows for " +
                     std::to_string(queries) + " queries");
  }
  return truth.columns < k ? std::nullopt : std::make_optional(std::move(truth));
}

}  // namespace

Metric parseMetric(const std::string& name) {
  if (name == "euclidean") {
    return Metric::EUCLIDEAN;
  }
  if (name == "angular") {
    return Metric::ANGULAR;
  }
  throw InputError("metric " + name + ": not euclidean or angular");
}

std::string metricName(Metric metric) {
  return metric == Metric::ANGULAR ? "angular" : "euclidean";
}

Dataset loadDataset(const std::filesystem::path& directory, std::size_t limit,
                    std::optional<Metric> metric, std::size_t k) {
  if (!std::filesystem::is_directory(directory)) {
    throw InputError(directory.string() + ": not a folder");
  }
  Dataset data{folderName(directory), metric ? *metric : metricOf(directory),
               readVectors(directory, "base", limit), readVectors(directory, "query"),
               std::nullopt};
  if (data.base.columns != data.queries.columns) {
    throw InputError(directory.string() + ": base has dimension " +
                     std::to_string(data.base.columns) + ", queries have " +
                     std::to_string(data.queries.columns));
  }
  if (k > data.base.rows) {
    throw InputError("--k " + std::to_string(k) + ": more than the " +
                     std::to_string(data.base.rows) + " base rows");
  }
  if (data.base.rows == countVectors(directory, "base")) {
    data.truth = shippedTruth(directory, data.queries.rows, k);
  }
  if (data.metric == Metric::ANGULAR) {
    normalise(data.base);
    normalise(data.queries);
  }
  return data;
}

}  // namespace kith
