#pragma once
// The facts that a registry declares, prepared to be checked in many selections.

#include <predicate/evaluation.h>
#include <reg/facts.h>
#include <reg/symbol.h>
#include <set>
#include <string>
#include <vector>

namespace reg {

// What is said of a fact whose value is not what it is declared to be.
std::string wrong_fact(const std::string& registry, const Fact& fact, const Json& value);
// What it may be, where only some values are allowed.
std::string allowed_values(const Fact& fact, const Json& value);
// Whether a declared fact may have that value.
bool may_be(const Fact& fact, const Json& value);

class DeclaredFacts {
 public:
  DeclaredFacts() = default;
  explicit DeclaredFacts(const RegistryInfo& registry);

  // All that is wrong. Allocates nothing where all is well.
  std::vector<WrongFact> problems(const ast::Facts& facts) const;
  // Throws InputError with them.
  void check(const ast::Facts& facts) const;
  // Whether a number is given for a version. Allocates nothing.
  bool has_numbers_for_versions(const ast::Facts& facts) const;
  // Puts their texts in the place of such numbers.
  void write_versions(Context& facts) const;

 private:
  struct Declared {
    std::vector<std::string> names;
    Fact fact;
  };

  // What stands around a fact that is not there, and is wrong, if it is not said yet.
  void add_no_object(const ast::Facts& facts, const Declared& fact,
                     std::vector<WrongFact>& found) const;

  std::string registry_;
  std::vector<Declared> facts_;  // that can be wrong
  std::set<std::string> paths_;  // of all
};

}  // namespace reg
