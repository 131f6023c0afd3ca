#pragma once
// A predicate over the symbols of a cache, read off their lines.

#include <cache/cache_file.h>
#include <reg/predicate.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A path names a field, with or without `self.`, or what every symbol has: its `registry`, `oid`,
// `target`, `doc` (empty where it has none), `select` (null where it has none) and `source`, the
// path; `origin` and what lies below it are null where it is the workspace's own. A field that the
// registry declares under one of these names hides it. As everywhere, a
// field that is not given is null, and not there. The test of a fact reads them likewise. Fields of
// type version are compared as such. Reads of a line no more than the predicate asks for. For one
// thread at a time.
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
  bool wants(std::string_view fact) const;
  // Looks up what the line's registry declares, if it is another one than that of the line before.
  void enter_registry(std::string_view line);
  void note_fields(const std::vector<Field>& fields);
  bool is_hidden(std::string_view name) const;
  // The predicate with the names of fields as `self.` ones, but for parameters.
  Predicate with_fields(const Predicate& predicate, const std::vector<std::string>& params) const;
  void read_key(const LineKey& key);
  void read_more(std::string_view line);
  void read_info(std::string_view line);

  const CacheFile& file_;
  const Predicate& where_;
  const PredicateSet named_;
  Predicate asked_;  // both, for the registry that was looked up last
  PredicateSet asked_named_;
  Wanted facts_wanted_, fields_wanted_;
  bool all_wanted_ = false;          // a C++ predicate may look at anything
  bool key_wanted_ = false;          // registry, oid or target
  bool more_wanted_ = false;         // doc, select or source
  std::string beginning_;            // of the lines of the registry that was looked up last
  std::vector<std::string> hidden_;  // the facts that its fields hide
  Versions versions_;
  Context facts_ = Context::object();
  Json fields_ = Json::object();
};

}  // namespace reg
