#pragma once

#include <filesystem>
#include <optional>

#include "engine.hpp"

namespace kith {

struct BuiltIndex {
  /** Measured when the index was built, also where it was loaded from the cache now. */
  double buildSeconds;
  std::uintmax_t fileBytes;
};

/** Loads the graph from the cache, or builds it and keeps it there. No cache: no file remains. */
BuiltIndex obtainIndex(Engine& engine, const Dataset& data, int threads,
                       const std::optional<std::filesystem::path>& cache);

}  // namespace kith
