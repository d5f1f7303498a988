// The only file that includes hnswlib: the headers of version 0.6 define functions without inline.
#include <hnswlib/hnswlib.h>

#include <algorithm>

#include "engine.hpp"
#include "parallel.hpp"

namespace kith {
namespace {

constexpr std::size_t SEED = 100;  // the library's default

std::unique_ptr<hnswlib::SpaceInterface<float>> spaceOf(Metric metric, std::size_t dimension) {
  if (metric == Metric::ANGULAR) {
    return std::make_unique<hnswlib::InnerProductSpace>(dimension);
  }
  return std::make_unique<hnswlib::L2Space>(dimension);
}

class HnswlibEngine : public Engine {
 public:
  HnswlibEngine(Metric metric, std::size_t dimension) : space(spaceOf(metric, dimension)) {}

  std::string label() const override { return "hnswlib-native"; }

  void build(const Matrix& base, int threads) override {
    graph = std::make_unique<Graph>(space.get(), base.rows, M, EF_CONSTRUCTION, SEED);
    // The first point becomes the entry point; threads that start together would race for it.
    graph->addPoint(base.row(0), 0);
    inParallel(threads, base.rows - 1,
               [&](std::size_t i) { graph->addPoint(base.row(i + 1), i + 1); });
  }

  void save(const std::filesystem::path& file) override { graph->saveIndex(file.string()); }

  void load(const std::filesystem::path& file) override {
    graph = std::make_unique<Graph>(space.get(), file.string());
  }

  void setEffort(int effort) override { graph->setEf(effort); }

  void search(const float* query, int k, std::int32_t* ids) const override {
    auto farthestFirst = graph->searchKnn(query, k);
    std::fill(ids + farthestFirst.size(), ids + k, NO_ID);
    while (!farthestFirst.empty()) {
      ids[farthestFirst.size() - 1] = static_cast<std::int32_t>(farthestFirst.top().second);
      farthestFirst.pop();
    }
  }

 private:
  using Graph = hnswlib::HierarchicalNSW<float>;

  // Before the graph, which points into it.
  std::unique_ptr<hnswlib::SpaceInterface<float>> space;
  std::unique_ptr<Graph> graph;
};

}  // namespace

std::unique_ptr<Engine> makeHnswlibEngine(Metric metric, std::size_t dimension) {
  return std::make_unique<HnswlibEngine>(metric, dimension);
}

}  // namespace kith
