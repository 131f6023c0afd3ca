#pragma once
// Writes a cache, section by section, in one pass (layout: README.md beside this file).

#include <cache/atomic_file.h>
#include <cache/file_lock.h>
#include <manifest/declarations.h>
#include <reg/json.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Everything in a cache that is not a symbol.
struct CacheHead {
  std::string workspace;  // name
  Json context = Json::object();
  PredicateSet predicates;
  std::vector<RegistryInfo> registries;  // sorted by name, with the counts of symbols
};

// Use: construct, symbol lines in order, then oid lines in order, commit. The lines may also be
// copied in runs from another cache's section. Order and uniqueness are the caller's duty; `reg
// cache verify` checks them.
class CacheWriter {
 public:
  CacheWriter(const CacheLock& lock, const CacheHead& head);

  void symbol(std::string_view line);    // without comma and newline
  void symbols(std::string_view lines);  // whole lines as they stand in a cache, each ending ",\n"
  void begin_oids();                     // after the last symbol
  void oid(std::string_view oid,
           const std::vector<std::string_view>& registries);  // escaped text, sorted
  void oids(std::string_view lines);                          // as `symbols`
  void commit();

 private:
  AtomicFile file_;
  Json sections_;
  std::uint64_t section_start_ = 0;
  bool first_ = true;
};

}  // namespace reg
