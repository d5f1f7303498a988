#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "dataset.hpp"

namespace kith {

// The parameters every engine of the comparison is built with.
constexpr int M = 16;
constexpr int EF_CONSTRUCTION = 200;
constexpr std::int32_t NO_ID = -1;

/** One graph of one library. */
class Engine {
 public:
  virtual ~Engine() = default;

  /** What curves.csv calls it. */
  virtual std::string label() const = 0;

  /** Fills an empty graph; with one thread in the order of the rows. */
  virtual void build(const Matrix& base, int threads) = 0;
  virtual void save(const std::filesystem::path& file) = 0;
  virtual void load(const std::filesystem::path& file) = 0;

  /** Sets efSearch. Not while a search runs. */
  virtual void setEffort(int effort) = 0;

  /** Writes k ids, NO_ID where fewer were found. Threads may search together. */
  virtual void search(const float* query, int k, std::int32_t* ids) const = 0;
};

/** Throws InputError for a name that is unknown or was not compiled in. */
std::unique_ptr<Engine> makeEngine(const std::string& name, Metric metric, std::size_t dimension);

/** Throws InputError as makeEngine does. */
void checkEngine(const std::string& name);

std::unique_ptr<Engine> makeHnswlibEngine(Metric metric, std::size_t dimension);
std::unique_ptr<Engine> makeFaissEngine(Metric metric, std::size_t dimension);

}  // namespace kith
