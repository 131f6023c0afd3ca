#pragma once
// The facts that predicates read, with the named predicates that they call written out.

#include <reg/predicate.h>
#include <map>
#include <set>
#include <string>

namespace reg {

using FactPaths = std::set<std::string>;

// What the predicates of one set read. Every definition is looked at once. The set must outlive it,
// and have no definitions that reach themselves.
class FactsRead {
 public:
  explicit FactsRead(const PredicateSet& named) : named_(named) {}

  // Of C++ predicates nothing is known.
  void add(const Predicate& predicate, FactPaths& paths);
  // What a call of that named predicate reads; nothing if there is none.
  const FactPaths& of(const std::string& name);

 private:
  void add_called(const Predicate& predicate, FactPaths& paths);

  const PredicateSet& named_;
  std::map<std::string, FactPaths> known_;
};

}  // namespace reg
