#pragma once
// What predicates read, with the named predicates that they call written out.

#include <predicate/facts_read.h>
#include <reg/predicate.h>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace reg::linting {

// What one predicate reads.
struct Reading {
  FactPaths facts;               // as predicates name them
  std::set<std::string> fields;  // by the names of the fields, without `self.`
};

// Each distinct text is parsed once, unless there are too many of them to be kept.
class Readings {
 public:
  // The set must outlive it, and have no definitions that reach themselves.
  explicit Readings(const PredicateSet& named) : named_(named), facts_(named) {}

  // `text` is a predicate in a cache. Good until the next call. Throws PredicateError.
  const Reading& of(const std::string& text);
  // The same of its escaped text.
  const Reading& of_escaped(std::string_view escaped);

 private:
  Reading read(const std::string& text);
  void add_fields(const Predicate& predicate, std::set<std::string>& fields);
  const std::set<std::string>& fields_of(const std::string& name);

  static constexpr std::size_t most = 4096;

  const PredicateSet& named_;
  FactsRead facts_;
  std::map<std::string, std::set<std::string>> fields_;  // of named predicates
  std::unordered_map<std::string, Reading> known_;       // by escaped text
};

// The number of the first path in a predicate's text that is that fact, or begins with that field;
// nothing if only what it calls reads it.
std::optional<std::size_t> path_of_fact(const std::string& text, const std::string& fact);
std::optional<std::size_t> path_of_field(const std::string& text, const std::string& field);

}  // namespace reg::linting
