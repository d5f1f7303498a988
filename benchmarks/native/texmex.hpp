#pragma once

#include <filesystem>
#include <limits>
#include <string>

#include "table.hpp"

namespace kith {

constexpr std::size_t ALL_ROWS = std::numeric_limits<std::size_t>::max();

/** Reads the first rows of DIR/STEM.fvecs or, where that is missing, DIR/STEM.bvecs. */
Matrix readVectors(const std::filesystem::path& directory, const std::string& stem,
                   std::size_t limit = ALL_ROWS);

/** How many rows that file holds. */
std::size_t countVectors(const std::filesystem::path& directory, const std::string& stem);

/** Reads an ivecs file. */
IdTable readIds(const std::filesystem::path& file);

}  // namespace kith
