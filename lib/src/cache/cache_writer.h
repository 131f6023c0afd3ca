#pragma once
// Writes a cache, section by section, in one pass (layout: README.md beside this file).

#include <cache/cache_file.h>
#include <cache/cache_lock.h>
#include <cache/layout.h>
#include <manifest/declarations.h>
#include <reg/json.h>
#include <reg/lint_rules.h>
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
  Json defines = Json::object();               // the `--define`s that `when` was evaluated with
  Json facts = Json::object();                 // those of registry.toml, which the others lie over
  std::vector<std::string> library_path = {};  // folders of plugins, as registry.toml names them
  LintSettings lint = {};                      // as registry.toml sets them
  bool load_remote = false;  // whether what others publish may be loaded, as registry.toml says
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

  // Without comma and newline; `position`: its place among the symbols of its oid, from 0.
  void symbol(std::string_view line, std::size_t position);
  // Lines as they stand in another cache. What they add to the sum is told by `copied`, once for
  // all of them.
  void symbols(const CacheFile& from, CacheSection lines);
  void begin_oids();  // after the last symbol
  void oid(std::string_view line);
  void oids(const CacheFile& from, CacheSection lines);
  // What all lines that were copied add to the sum.
  void copied(std::uint64_t hash) { header_.sum.lines += hash; }
  // `before_publish` is called when all is on the disk, right before it takes the cache's name; if
  // it throws, the old cache stays.
  void commit(const std::function<void()>& before_publish = {});

 private:
  void start(CacheSection& section, std::string_view before);
  void finish(CacheSection& section);
  void head_line(std::string_view line);
  void write_line(std::string_view line);
  void run(std::string_view lines);
  void copy(const CacheFile& from, CacheSection lines, CacheSection whole);

  AtomicFile file_;
  CacheHeader header_;
  bool first_ = true;  // no line yet in this section
  std::size_t head_lines_ = 0;
};

}  // namespace reg
