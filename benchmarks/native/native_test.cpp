// Runs the whole command on clustered synthetic data in a temporary folder.
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "command.hpp"
#include "truth.hpp"

namespace {

namespace fs = std::filesystem;
using kith::Dataset;
using kith::IdTable;
using kith::Matrix;
using kith::Metric;

constexpr unsigned SEED = 42;

struct TestedEngine {
  std::string name;
  std::string label;
};

const std::vector<TestedEngine> ENGINES = {
    {"hnswlib", "hnswlib-native"},
#ifdef KITH_FAISS
    {"faiss-hnsw", "faiss-hnsw"},
#endif
};

void check(bool holds, const std::string& what) {
  if (!holds) {
    throw std::runtime_error(what);
  }
}

Matrix clustered(std::size_t rows, std::size_t columns, std::mt19937& random) {
  std::normal_distribution<float> normal;
  std::mt19937 centreRandom(SEED);  // the same centres for base and queries
  Matrix centres(20, columns);
  std::generate(centres.values.begin(), centres.values.end(),
                [&] { return 4 * normal(centreRandom); });
  Matrix points(rows, columns);
  for (std::size_t i = 0; i < rows; i++) {
    for (std::size_t j = 0; j < columns; j++) {
      points.row(i)[j] = centres.row(i % centres.rows)[j] + normal(random);
    }
  }
  return points;
}

void writeFvecs(const fs::path& file, const Matrix& vectors) {
  std::ofstream out(file, std::ios::binary);
  const auto columns = static_cast<std::int32_t>(vectors.columns);
  for (std::size_t i = 0; i < vectors.rows; i++) {
    out.write(reinterpret_cast<const char*>(&columns), sizeof columns);
    out.write(reinterpret_cast<const char*>(vectors.row(i)), columns * sizeof(float));
  }
}

/** Data row by row, without the header. */
std::vector<std::vector<std::string>> readCsv(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  check(line == "dataset,engine,config,build_threads,build_s,index_bytes,effort,k,recall,qps,"
                "p50_us,p99_us",
        "header of the CSV: " + line);
  std::vector<std::vector<std::string>> rows;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) {
      rows.back().push_back(cell);
    }
    check(rows.back().size() == 12, "12 cells: " + line);
  }
  return rows;
}

/** Ranks by sorting all rows, one plain sum each. */
std::vector<std::int32_t> sortedRows(const Dataset& data, const float* query) {
  std::vector<std::pair<double, std::int32_t>> all;
  for (std::size_t i = 0; i < data.base.rows; i++) {
    double total = 0;
    for (std::size_t j = 0; j < data.base.columns; j++) {
      const double a = query[j], b = data.base.row(i)[j];
      total += data.metric == Metric::ANGULAR ? -a * b : (a - b) * (a - b);
    }
    all.emplace_back(total, static_cast<std::int32_t>(i));
  }
  std::sort(all.begin(), all.end());
  std::vector<std::int32_t> ids;
  for (const auto& entry : all) {
    ids.push_back(entry.second);
  }
  return ids;
}

void exactNeighboursAreTheSortedRows(const fs::path& folder, Metric metric) {
  const Dataset data = kith::loadDataset(folder, kith::ALL_ROWS, metric, 10);
  const IdTable truth = kith::exactNeighbours(data, 10);
  for (std::size_t q = 0; q < data.queries.rows; q++) {
    const auto expected = sortedRows(data, data.queries.row(q));
    check(std::equal(truth.row(q), truth.row(q) + 10, expected.begin()),
          "truth of query " + std::to_string(q) + ", " + kith::metricName(metric));
  }
}

void tiesGoToTheSmallerRow() {
  const Dataset data{"ties", Metric::EUCLIDEAN, Matrix(100, 3, 1.0f), Matrix(1, 3), std::nullopt};
  const IdTable truth = kith::exactNeighbours(data, 4);
  check(truth.values == std::vector<std::int32_t>({0, 1, 2, 3}), "ties by smaller row");
}

std::vector<std::string> sweepArguments(const fs::path& folder, const std::string& engine,
                                        const std::string& threads) {
  return {"--dataset", folder / "set/",  "--engines", engine, "--metric", "angular",
          "--limit", "1500", "--efforts", "10,400", "--build-threads", threads,
          "--search-threads", threads, "--cache", folder / "cache",
          "--out", folder / "curves.csv"};
}

void sweepFindsTheNeighbours(const fs::path& folder, const TestedEngine& engine,
                             const std::string& threads) {
  check(kith::run(sweepArguments(folder, engine.name, threads)) == 0, "exit code of a sweep");
  const auto rows = readCsv(folder / "curves.csv");
  check(rows.size() == 2, "two efforts");
  check(rows[0][0] == "set" && rows[0][1] == engine.label && rows[0][2] == "M=16 efC=200",
        "names: " + rows[0][0] + ", " + rows[0][1] + ", " + rows[0][2]);
  check(rows[0][6] == "10" && rows[1][6] == "400", "efforts in order");
  check(std::stod(rows[1][8]) >= 0.99, "recall at effort 400: " + rows[1][8]);
  check(std::stod(rows[0][8]) < std::stod(rows[1][8]), "recall grows with effort: " + rows[0][8]);
}

void cacheKeepsIndexAndSeconds(const fs::path& folder, const TestedEngine& engine) {
  const auto before = readCsv(folder / "curves.csv");
  for (const auto& entry : fs::directory_iterator(folder / "cache")) {
    if (entry.path().extension() == ".seconds") {
      std::ofstream(entry.path()) << "12.5\n";
    }
  }
  check(kith::run(sweepArguments(folder, engine.name, "2")) == 0, "exit code with a cache");
  const auto after = readCsv(folder / "curves.csv");
  check(after[0][4] == "12.500", "build seconds from the cache: " + after[0][4]);
  check(after[0][5] == before[0][5], "bytes from the cache");
  check(after[0][8] == before[0][8], "recall of the loaded graph");
}

void wrongArgumentsGiveTwo(const fs::path& folder) {
  const std::string set = folder / "set";
  const std::vector<std::vector<std::string>> wrong = {
      {}, {"--dataset"}, {"--dataset", folder / "absent"}, {"--colour", "red"},
      {"--dataset", set},  // no meta.json and no --metric
      {"--dataset", set, "--metric", "manhattan"},
      {"--dataset", set, "--engines", "other"},
      {"--dataset", set, "--metric", "euclidean", "--k", "0"},
      {"--dataset", set, "--metric", "euclidean", "--k", "5", "--limit", "4"},
      {"--dataset", set, "--metric", "euclidean", "--efforts", "10,x"},
      {"--dataset", folder / "cut", "--metric", "euclidean"},
      {"--dataset", folder / "mixed", "--metric", "euclidean"},
  };
  for (const auto& arguments : wrong) {
    check(kith::run(arguments) == 2, "exit code 2 for " +
          (arguments.empty() ? "nothing" : arguments.back()));
  }
}

void writeSets(const fs::path& folder) {
  std::mt19937 random(SEED);
  for (const auto* name : {"set", "cut", "mixed"}) {
    fs::create_directory(folder / name);
    writeFvecs(folder / name / "base.fvecs", clustered(2000, 37, random));
    writeFvecs(folder / name / "query.fvecs", clustered(50, 37, random));
  }
  fs::resize_file(folder / "cut" / "base.fvecs", 1001);
  writeFvecs(folder / "mixed" / "query.fvecs", clustered(50, 36, random));
}

void testAll(const fs::path& folder) {
  writeSets(folder);
  exactNeighboursAreTheSortedRows(folder / "set", Metric::EUCLIDEAN);
  exactNeighboursAreTheSortedRows(folder / "set", Metric::ANGULAR);
  tiesGoToTheSmallerRow();
  for (const auto& engine : ENGINES) {
    sweepFindsTheNeighbours(folder, engine, "1");
    sweepFindsTheNeighbours(folder, engine, "2");
    cacheKeepsIndexAndSeconds(folder, engine);
  }
  wrongArgumentsGiveTwo(folder);
}

}  // namespace

int main() {
  std::string folder = (fs::temp_directory_path() / "kith-native-test-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    return 1;
  }
  int code = 0;
  try {
    testAll(folder);
  } catch (const std::exception& error) {
    std::cerr << "FAILED: " << error.what() << '\n';
    code = 1;
  }
  fs::remove_all(folder);
  return code;
}
