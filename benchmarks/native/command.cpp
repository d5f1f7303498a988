#include "command.hpp"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "index_store.hpp"
#include "options.hpp"
#include "sweep.hpp"
#include "truth.hpp"

namespace kith {
namespace {

namespace fs = std::filesystem;

constexpr const char* HEADER =
    "dataset,engine,config,build_threads,build_s,index_bytes,effort,k,recall,qps,p50_us,p99_us";

std::ofstream openOutput(const fs::path& file) {
  std::error_code ignored;
  if (file.has_parent_path()) {
    fs::create_directories(file.parent_path(), ignored);
  }
  std::ofstream out(file);
  if (!out) {
    throw InputError("--out " + file.string() + ": cannot be written");
  }
  return out;
}

void makeCache(const std::optional<fs::path>& cache) {
  std::error_code error;
  if (cache) {
    fs::create_directories(*cache, error);
  }
  if (error) {
    throw InputError("--cache " + cache->string() + ": " + error.message());
  }
}

IdTable truthOf(Dataset& data, std::size_t k) {
  if (data.truth) {
    return std::move(*data.truth);
  }
  std::cerr << data.name << ": computes the exact truth\n";
  return exactNeighbours(data, k);
}

void writeRow(std::ostream& out, const std::string& index, int effort, int k, const Point& point) {
  out << index << ',' << effort << ',' << k << std::fixed << ',' << std::setprecision(5)
      << point.recall << std::setprecision(1) << ',' << point.queriesPerSecond << ','
      << point.p50Micros << ',' << point.p99Micros << std::endl;
}

/** The columns that all rows of one index share. */
std::string indexColumns(const Dataset& data, const Engine& engine, int threads,
                         const BuiltIndex& built) {
  std::ostringstream columns;
  columns << data.name << ',' << engine.label() << ",M=" << M << " efC=" << EF_CONSTRUCTION << ','
          << threads << ',' << std::fixed << std::setprecision(3) << built.buildSeconds << ','
          << built.fileBytes;
  return columns.str();
}

void sweep(Engine& engine, const Dataset& data, const IdTable& truth, const Options& options,
           std::ostream& out) {
  const BuiltIndex built = obtainIndex(engine, data, options.buildThreads, options.cache);
  const std::string columns = indexColumns(data, engine, options.buildThreads, built);
  const auto measured = [&](int effort) {
    return measure(engine, data.queries, truth,
                   {options.k, effort, options.passes, options.searchThreads});
  };
  // The highest effort touches most of the graph: the first row is as warm as the last.
  measured(*std::max_element(options.efforts.begin(), options.efforts.end()));
  for (const int effort : options.efforts) {
    const Point point = measured(effort);
    writeRow(out, columns, effort, options.k, point);
    std::cerr << engine.label() << ": effort " << effort << ", recall " << point.recall << ", "
              << point.queriesPerSecond << " queries/s\n";
  }
}

void runSweeps(const Options& options) {
  Dataset data = loadDataset(options.dataset, options.limit, options.metric, options.k);
  makeCache(options.cache);
  std::ofstream out = openOutput(options.out);
  out << HEADER << '\n';
  const IdTable truth = truthOf(data, options.k);
  for (const auto& name : options.engines) {
    const auto engine = makeEngine(name, data.metric, data.base.columns);
    sweep(*engine, data, truth, options, out);
  }
  if (!out) {
    throw std::runtime_error(options.out.string() + ": cannot be written to its end");
  }
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  try {
    if (arguments == std::vector<std::string>{"--help"}) {
      std::cout << USAGE;
      return 0;
    }
    runSweeps(parseOptions(arguments));
    return 0;
  } catch (const InputError& error) {
    std::cerr << "kith-native: " << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "kith-native: " << error.what() << '\n';
    return 1;
  }
}

}  // namespace kith
