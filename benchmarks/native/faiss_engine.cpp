#include <faiss/IndexHNSW.h>
#include <faiss/index_io.h>
#include <omp.h>

#include <vector>

#include "engine.hpp"

namespace kith {
namespace {

class FaissEngine : public Engine {
 public:
  FaissEngine(Metric metric, std::size_t dimension)
      : graph(std::make_unique<faiss::IndexHNSWFlat>(
            static_cast<int>(dimension), M,
            metric == Metric::ANGULAR ? faiss::METRIC_INNER_PRODUCT : faiss::METRIC_L2)) {
    graph->hnsw.efConstruction = EF_CONSTRUCTION;
  }

  std::string label() const override { return "faiss-hnsw"; }

  void build(const Matrix& base, int threads) override {
    omp_set_num_threads(threads);
    graph->add(static_cast<faiss::idx_t>(base.rows), base.values.data());
  }

  void save(const std::filesystem::path& file) override {
    faiss::write_index(graph.get(), file.c_str());
  }

  void load(const std::filesystem::path& file) override {
    std::unique_ptr<faiss::Index> read(faiss::read_index(file.c_str()));
    auto* flat = dynamic_cast<faiss::IndexHNSWFlat*>(read.get());
    if (flat == nullptr) {
      throw std::runtime_error(file.string() + ": not an IndexHNSWFlat");
    }
    read.release();
    graph.reset(flat);
  }

  void setEffort(int effort) override { parameters.efSearch = effort; }

  void search(const float* query, int k, std::int32_t* ids) const override {
    // A query alone is searched by one thread; OpenMP keeps this setting for each thread apart.
    omp_set_num_threads(1);
    thread_local std::vector<float> distances;
    thread_local std::vector<faiss::idx_t> labels;
    distances.resize(k);
    labels.resize(k);
    graph->search(1, query, k, distances.data(), labels.data(), &parameters);
    for (int i = 0; i < k; i++) {
      ids[i] = static_cast<std::int32_t>(labels[i]);
    }
  }

 private:
  std::unique_ptr<faiss::IndexHNSWFlat> graph;
  faiss::SearchParametersHNSW parameters;
};

}  // namespace

std::unique_ptr<Engine> makeFaissEngine(Metric metric, std::size_t dimension) {
  return std::make_unique<FaissEngine>(metric, dimension);
}

}  // namespace kith
