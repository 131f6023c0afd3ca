#pragma once
// What operands stand for where the candidate is known, and the context is not.

#include <predicate/node.h>
#include <predicate/value.h>
#include <predicate/version_paths.h>
#include <optional>
#include <string>
#include <vector>

namespace reg::ast {

struct Known {
  std::optional<std::vector<std::string>> fact;  // the path's keys, if it is one
  Value value;                                   // else its value; whether it is a version, of both

  bool is_fact() const { return fact.has_value(); }
};

// The values point into the candidate's info and into predicates, which must outlive them.
class KnownOperands {
 public:
  KnownOperands(const Json& self, VersionPaths versions) : self_(self), versions_(versions) {}

  Known of(const Operand& operand, const Frame* frame) const;
  Known of(const Path& path, const Frame* frame) const;
  // The fact that a predicate of this name is the test of.
  Known tested_fact(const std::string& name) const {
    return {std::vector{name}, {nullptr, origin_of_fact(versions_.has_fact(name))}};
  }

 private:
  const Json& self_;
  const VersionPaths versions_;
};

}  // namespace reg::ast
