#include "index_store.hpp"

#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <iostream>

namespace kith {
namespace {

namespace fs = std::filesystem;

/** A folder of its own that goes with its owner. */
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "kith-native-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error(pattern + ": cannot be made");
    }
    path = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  fs::path path;
};

fs::path indexFile(const fs::path& folder, const Engine& engine, const Dataset& data, int threads) {
  return folder / (data.name + "-" + engine.label() + "-" + std::to_string(data.base.rows) + "x" +
                   std::to_string(data.base.columns) + "-" + metricName(data.metric) + "-M" +
                   std::to_string(M) + "-efC" + std::to_string(EF_CONSTRUCTION) + "-threads" +
                   std::to_string(threads) + ".index");
}

fs::path secondsFile(fs::path index) { return index.replace_extension(".seconds"); }

std::optional<double> storedSeconds(const fs::path& index) {
  std::ifstream in(secondsFile(index));
  double seconds = 0;
  return in >> seconds && fs::exists(index) ? std::make_optional(seconds) : std::nullopt;
}

double build(Engine& engine, const Matrix& base, int threads) {
  const auto start = std::chrono::steady_clock::now();
  engine.build(base, threads);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/** The seconds come last: an index without them is one whose writing was cut short. */
void store(Engine& engine, const fs::path& index, double seconds) {
  fs::remove(secondsFile(index));
  engine.save(index);
  std::ofstream out(secondsFile(index));
  out << seconds << '\n';
  if (!out.flush()) {
    throw std::runtime_error(secondsFile(index).string() + ": cannot be written");
  }
}

}  // namespace

BuiltIndex obtainIndex(Engine& engine, const Dataset& data, int threads,
                       const std::optional<fs::path>& cache) {
  std::optional<TemporaryFolder> temporary;
  if (!cache) {
    temporary.emplace();
  }
  const fs::path index =
      indexFile(cache ? *cache : temporary->path, engine, data, threads);
  if (const auto seconds = storedSeconds(index)) {
    std::cerr << engine.label() << ": loads " << index.filename().string() << '\n';
    engine.load(index);
    return {*seconds, fs::file_size(index)};
  }
  std::cerr << engine.label() << ": builds " << data.base.rows << " rows with " << threads
            << " threads\n";
  const double seconds = build(engine, data.base, threads);
  store(engine, index, seconds);
  return {seconds, fs::file_size(index)};
}

}  // namespace kith
