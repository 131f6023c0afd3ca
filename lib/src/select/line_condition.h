#pragma once
// A predicate over the symbols of a cache, read off their lines.

#include <cache/cache_file.h>
#include <reg/predicate.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// The facts are a symbol's info, and its `registry`, `oid` and `target`; `self` is its info. Reads
// of a line no more than the predicate asks for. For one thread at a time.
class LineCondition {
 public:
  // Both must outlive it. Throws InputError if the predicate calls what `named` does not have.
  LineCondition(const CacheFile& file, const Predicate& where, PredicateSet named);

  // Throws StorageError (Cache) for a line that is not laid out as written.
  bool holds(std::string_view line);

 private:
  // Names, escaped and sorted, of what is read into a JSON object.
  struct Wanted {
    std::vector<std::string> names;
    bool has(std::string_view name) const;
  };

  void want(const Predicate& predicate);
  void read_names(const LineKey& key);
  void read_info(std::string_view line);

  const CacheFile& file_;
  const Predicate& where_;
  const PredicateSet named_;
  Wanted facts_wanted_, fields_wanted_;
  bool names_wanted_ = false;
  bool all_wanted_ = false;  // a C++ predicate may look at anything
  Context facts_ = Context::object();
  Json fields_ = Json::object();
};

}  // namespace reg
