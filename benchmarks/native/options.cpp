#include "options.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <sstream>

#include "engine.hpp"

namespace kith {
namespace {

constexpr int MAX_THREADS = 1024;
constexpr int MAX_COUNT = 1'000'000;
constexpr int MAX_ROWS = std::numeric_limits<std::int32_t>::max();  // ids of ivecs files

int parseNumber(const std::string& option, const std::string& text, int max) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || value < 1 || value > max) {
    throw InputError(option + " " + text + ": not a whole number from 1 to " +
                     std::to_string(max));
  }
  return value;
}

std::vector<std::string> splitAtCommas(const std::string& option, const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) {
    parts.push_back(part);
  }
  if (parts.empty()) {
    throw InputError(option + ": empty");
  }
  return parts;
}

std::vector<std::string> parseEngines(const std::string& option, const std::string& text) {
  auto names = splitAtCommas(option, text);
  for (const auto& name : names) {
    checkEngine(name);
  }
  return names;
}

std::vector<int> parseEfforts(const std::string& option, const std::string& text) {
  std::vector<int> efforts;
  for (const auto& part : splitAtCommas(option, text)) {
    efforts.push_back(parseNumber(option, part, MAX_COUNT));
  }
  return efforts;
}

using Setter = std::function<void(const std::string& option, const std::string& value)>;

std::map<std::string, Setter> settersOf(Options& options) {
  const auto number = [](int& target, int max) {
    return [&target, max](const std::string& option, const std::string& value) {
      target = parseNumber(option, value, max);
    };
  };
  return {
      {"--dataset", [&](auto&, auto& value) { options.dataset = value; }},
      {"--engines", [&](auto& o, auto& value) { options.engines = parseEngines(o, value); }},
      {"--k", number(options.k, MAX_COUNT)},
      {"--build-threads", number(options.buildThreads, MAX_THREADS)},
      {"--search-threads", number(options.searchThreads, MAX_THREADS)},
      {"--limit", [&](auto& o, auto& value) { options.limit = parseNumber(o, value, MAX_ROWS); }},
      {"--efforts", [&](auto& o, auto& value) { options.efforts = parseEfforts(o, value); }},
      {"--passes", number(options.passes, MAX_COUNT)},
      {"--cache", [&](auto&, auto& value) { options.cache = value; }},
      {"--out", [&](auto&, auto& value) { options.out = value; }},
      {"--metric", [&](auto&, auto& value) { options.metric = parseMetric(value); }},
  };
}

}  // namespace

const char* const USAGE =
    "kith-native --dataset DIR [--engines hnswlib,faiss-hnsw] [--k 10] [--build-threads 1]\n"
    "  [--search-threads 1] [--limit N] [--efforts 10,12,16,...] [--passes 5] [--cache DIR]\n"
    "  [--out curves.csv] [--metric euclidean|angular]\n";

Options parseOptions(const std::vector<std::string>& arguments) {
  Options options;
  const auto setters = settersOf(options);
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const auto setter = setters.find(arguments[i]);
    if (setter == setters.end()) {
      throw InputError(arguments[i] + ": unknown option, see --help");
    }
    if (i + 1 == arguments.size() || arguments[i + 1].empty()) {
      throw InputError(arguments[i] + ": needs a value");
    }
    setter->second(arguments[i], arguments[i + 1]);
  }
  if (options.dataset.empty()) {
    throw InputError("--dataset: missing, see --help");
  }
  return options;
}

}  // namespace kith
