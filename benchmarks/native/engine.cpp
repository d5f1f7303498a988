#include "engine.hpp"

namespace kith {
namespace {

using Maker = std::unique_ptr<Engine> (*)(Metric, std::size_t);

Maker makerOf(const std::string& name) {
  if (name == "hnswlib") {
    return makeHnswlibEngine;
  }
  if (name == "faiss-hnsw") {
#ifdef KITH_FAISS
    return makeFaissEngine;
#else
    throw InputError("engine faiss-hnsw: built without FAISS");
#endif
  }
  throw InputError("engine " + name + ": not hnswlib or faiss-hnsw");
}

}  // namespace

std::unique_ptr<Engine> makeEngine(const std::string& name, Metric metric, std::size_t dimension) {
  return makerOf(name)(metric, dimension);
}

void checkEngine(const std::string& name) { makerOf(name); }

}  // namespace kith
