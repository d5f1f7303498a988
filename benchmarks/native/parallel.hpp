#pragma once

#include <atomic>
#include <cstddef>
#include <future>
#include <vector>

namespace kith {

/** Runs task(i) for every i below count; threads take the next i. The first exception comes out. */
template <typename Task>
void inParallel(int threads, std::size_t count, Task task) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      task(i);
    }
  };
  std::vector<std::future<void>> others;
  for (int t = 1; t < threads; t++) {
    others.push_back(std::async(std::launch::async, work));
  }
  work();
  for (auto& other : others) {
    other.get();
  }
}

}  // namespace kith
