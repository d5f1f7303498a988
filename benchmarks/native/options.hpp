#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dataset.hpp"

namespace kith {

struct Options {
  std::filesystem::path dataset;
  std::vector<std::string> engines{"hnswlib"};
  int k = 10;
  int buildThreads = 1;
  int searchThreads = 1;
  std::size_t limit = ALL_ROWS;
  std::vector<int> efforts{10, 12, 16,  20,  24,  32,  40,  48, 64,
                           80, 96, 128, 160, 200, 256, 320, 400};
  int passes = 5;
  std::optional<std::filesystem::path> cache;
  std::filesystem::path out = "curves.csv";
  std::optional<Metric> metric;
};

extern const char* const USAGE;

/** Throws InputError for the first argument that cannot be used. */
Options parseOptions(const std::vector<std::string>& arguments);

}  // namespace kith
