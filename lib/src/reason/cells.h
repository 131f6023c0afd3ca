#pragma once
// The values that one fact may have, as cells: whatever lies in one cell, every test of this fact
// alone has the same score there, or (`Outcome`) one that depends on a further condition.

#include <predicate/typed.h>
#include <reason/between.h>
#include <reason/compared.h>
#include <reason/test.h>
#include <reg/symbol.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::reason {

struct Cell {
  enum class Kind : std::uint8_t {
    NotGiven,  // the caller does not give it; it is what the base context has
    Missing,   // it cannot be there: what is given around it is no object
    Sample,    // this very value
    Value,     // what equals this value
    Numbers,   // numbers between bounds, `value` one of them
    Texts,     // texts of which `value` is one
    List,      // lists with something in them
    Object     // likewise
  };
  Kind kind = Kind::Value;
  Json value = {};
  double low = 0, high = 0;  // of numbers

  // Null: it is missing.
  const Json* json() const {
    return kind == Kind::NotGiven || kind == Kind::Missing ? nullptr : &value;
  }
};

// What a fact may be, besides null and not given.
struct Domain {
  ast::Kinds kinds = ast::Anything;
  Numbers numbers = Numbers::All;
  bool versions_only = false;                    // texts are versions
  std::optional<std::vector<Json>> values = {};  // all that it may be; not set: all of the kinds
  bool may_be_missing = false;                   // though the base context has it
};
// Of a declared fact; null: of one that is not declared.
Domain domain_of(const Fact* declared);
// What both accept.
Domain common(const Domain& a, const Domain& b);

// What a value is, as one of the kinds.
ast::Kinds kind_of(const Json& value);

// How texts and numbers of one fact are told apart.
struct CellRules {
  // Tests that compare versions are no matter of cells: they are conditions of their own.
  bool versions_are_free = false;
  // So are tests for a prefix.
  bool prefixes_are_free = false;
};

struct FactCells {
  std::vector<Cell> cells;
  CellRules rules;
};
FactCells cells_of(const Compared& compared, const Domain& domain);

}  // namespace reg::reason
