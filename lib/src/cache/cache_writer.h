#pragma once
// Writes a cache, section by section, in one pass (layout: README.md beside this file).

#include <cache/cache_file.h>
#include <cache/file_lock.h>
#include <cache/layout.h>
#include <manifest/declarations.h>
#include <reg/json.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <workspace/atomic_file.h>
#include <cstdint>
#include <functional>
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

// Use: construct, symbol lines in order, begin_oids, oid lines in order, commit. The lines may also
// be copied in runs from another cache's section. Order and uniqueness are the caller's duty; `reg
// cache verify` checks them. Everything throws StorageError (Io); a line longer than
// layout::max_line is an InputError.
class CacheWriter {
 public:
  CacheWriter(const CacheLock& lock, const CacheHead& head);

  void symbol(std::string_view line);  // without comma and newline
  void symbols(
      std::string_view lines);  // whole lines as they stand in a cache: ",\n" or "\n" at the end
  void symbols(const CacheFile& from, CacheSection lines);  // the same, out of another cache
  void begin_oids();                                        // after the last symbol
  void oid(std::string_view oid,
           const std::vector<std::string_view>& registries);  // escaped text, sorted
  void oids(std::string_view lines);                          // as `symbols`
  void oids(const CacheFile& from, CacheSection lines);
  // `before_publish` is called when all is on the disk, right before it takes the cache's name; if
  // it throws, the old cache stays.
  void commit(const std::function<void()>& before_publish = {});

 private:
  void start(CacheSection& section, std::string_view before);
  void finish(CacheSection& section);
  void write_line(std::string_view line);
  void run(std::string_view lines);
  void copy(const CacheFile& from, CacheSection lines, CacheSection whole);

  AtomicFile file_;
  CacheHeader header_;
  bool first_ = true;  // no line yet in this section
};

}  // namespace reg
