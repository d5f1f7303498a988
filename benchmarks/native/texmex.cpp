#include "texmex.hpp"

#include <algorithm>
#include <fstream>

namespace kith {
namespace {

constexpr std::int32_t MAX_COLUMNS = 1 << 16;

std::int32_t readColumns(std::istream& in, const std::filesystem::path& file) {
  std::int32_t columns = 0;
  in.read(reinterpret_cast<char*>(&columns), sizeof columns);
  if (!in || columns < 1 || columns > MAX_COLUMNS) {
    throw InputError(file.string() + ": no row length from 1 to " + std::to_string(MAX_COLUMNS));
  }
  return columns;
}

/** Records of equal length: an int32 count and that many elements, little-endian. */
struct RecordFile {
  std::ifstream in;
  std::int32_t columns;
  std::size_t rows;
};

template <typename Stored>
RecordFile openRecords(const std::filesystem::path& file) {
  RecordFile records{std::ifstream(file, std::ios::binary), 0, 0};
  if (!records.in) {
    throw InputError(file.string() + ": cannot be read");
  }
  records.columns = readColumns(records.in, file);
  const std::size_t recordBytes = sizeof records.columns + records.columns * sizeof(Stored);
  const std::size_t fileBytes = std::filesystem::file_size(file);
  if (fileBytes % recordBytes != 0) {
    throw InputError(file.string() + ": ends inside a row of " + std::to_string(records.columns));
  }
  records.rows = fileBytes / recordBytes;
  records.in.seekg(0);
  return records;
}

template <typename Stored, typename T>
Table<T> readRecords(const std::filesystem::path& file, std::size_t limit) {
  RecordFile records = openRecords<Stored>(file);
  const std::int32_t columns = records.columns;
  Table<T> table(std::min(limit, records.rows), columns);
  std::vector<Stored> record(columns);
  for (std::size_t i = 0; i < table.rows; i++) {
    if (readColumns(records.in, file) != columns) {
      throw InputError(file.string() + ": row " + std::to_string(i) + " is not of length " +
                       std::to_string(columns));
    }
    records.in.read(reinterpret_cast<char*>(record.data()), columns * sizeof(Stored));
    std::copy(record.begin(), record.end(), table.row(i));
  }
  if (!records.in) {
    throw InputError(file.string() + ": cannot be read to its end");
  }
  return table;
}

/** DIR/STEM.fvecs or, where that is missing, DIR/STEM.bvecs. */
std::filesystem::path findVectors(const std::filesystem::path& directory,
                                  const std::string& stem) {
  const auto floats = directory / (stem + ".fvecs");
  const auto bytes = directory / (stem + ".bvecs");
  if (!std::filesystem::exists(floats) && !std::filesystem::exists(bytes)) {
    throw InputError(floats.string() + ": missing, and so is " + bytes.filename().string());
  }
  return std::filesystem::exists(floats) ? floats : bytes;
}

bool holdsBytes(const std::filesystem::path& file) { return file.extension() == ".bvecs"; }

}  // namespace

Matrix readVectors(const std::filesystem::path& directory, const std::string& stem,
                   std::size_t limit) {
  const auto file = findVectors(directory, stem);
  return holdsBytes(file) ? readRecords<std::uint8_t, float>(file, limit)
                          : readRecords<float, float>(file, limit);
}

std::size_t countVectors(const std::filesystem::path& directory, const std::string& stem) {
  const auto file = findVectors(directory, stem);
  return (holdsBytes(file) ? openRecords<std::uint8_t>(file) : openRecords<float>(file)).rows;
}

IdTable readIds(const std::filesystem::path& file) {
  return readRecords<std::int32_t, std::int32_t>(file, ALL_ROWS);
}

}  // namespace kith
