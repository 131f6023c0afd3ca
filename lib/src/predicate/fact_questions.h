#pragma once
// What predicates ask of facts, with the named predicates that they call written out.

#include <predicate/node.h>
#include <reg/fact_test.h>
#include <reg/predicate.h>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace reg::ast {

// One part of a predicate that reads a fact.
struct FactQuestion {
  std::string fact;  // its path, as predicates name it
  FactTest test = FactTest::Truth;
  // What it is compared with: a value, a field of the candidate or another fact; or nothing.
  std::variant<std::monostate, Literal, Path> with = {};
  std::string by_way_of = {};  // the named predicate that is called for it; empty: none
};

// The questions of the predicates of one set. Every call with other arguments is written out once.
// The set must outlive it, and have no definitions that reach themselves.
class FactQuestions {
 public:
  explicit FactQuestions(const PredicateSet& named) : named_(named) {}

  // Each once, in the order of the text. Of C++ predicates, and of what is not defined, nothing is
  // known.
  std::vector<FactQuestion> of(const Predicate& predicate);

 private:
  class Collector;
  // Those of a call whose arguments have no parameters in them.
  const std::vector<FactQuestion>& of(const Call& call);

  const PredicateSet& named_;
  std::map<std::string, std::vector<FactQuestion>> known_;
};

}  // namespace reg::ast
