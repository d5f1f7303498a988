#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace kith {

/** What the caller gave cannot be used: reported in one line, exit code 2. */
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/** Rows of equal length in one block. */
template <typename T>
struct Table {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<T> values;

  Table() = default;
  Table(std::size_t rows, std::size_t columns, T fill = T())
      : rows(rows), columns(columns), values(rows * columns, fill) {}

  T* row(std::size_t i) { return values.data() + i * columns; }
  const T* row(std::size_t i) const { return values.data() + i * columns; }
};

using Matrix = Table<float>;
using IdTable = Table<std::int32_t>;

}  // namespace kith
