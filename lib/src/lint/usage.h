#pragma once
// What the symbols of one registry give and read, added up while they go by.

#include <cache/cache_file.h>
#include <lint/readings.h>
#include <manifest/line.h>
#include <reg/symbol.h>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace reg::linting {

// What is read, by how many of the workspace's own symbols, and by which first: in the order of the
// cache, those that are left out of it last. Those of other origins read it, too, and are not
// reported on.
struct Read {
  std::size_t symbols = 0;
  std::string first_line;  // the cache's line of the first that brings a predicate of its own
};

class Usage {
 public:
  Usage(const CacheFile& file, const RegistryInfo& registry, Readings& readings)
      : file_(file), registry_(registry), readings_(readings) {}

  void add(const LineText& text, std::string_view line);

  std::size_t symbols() const { return symbols_; }
  // That bring no predicate of their own.
  std::size_t by_default() const { return by_default_; }
  // How many symbols have a value other than null for a field.
  std::size_t given(const std::string& field) const;

  using Reads = std::map<std::string, Read>;
  const Reads& facts() const { return facts_; }
  const Reads& fields() const { return fields_; }

 private:
  void add_info(std::string_view info);
  void add_reading(const LineText& text, std::string_view line);

  const CacheFile& file_;
  const RegistryInfo& registry_;
  Readings& readings_;
  std::size_t symbols_ = 0, by_default_ = 0;
  std::map<std::string, std::size_t, std::less<>> given_;  // by escaped name
  Reads facts_, fields_;
};

}  // namespace reg::linting
