#pragma once
// The test of a fact (a call of a `fact = true` predicate) as an expression without names.

#include <predicate/evaluation.h>
#include <predicate/node.h>
#include <reg/symbol.h>
#include <span>
#include <string>
#include <vector>

namespace reg {

struct TestArgument {
  ast::Operand operand;
  const Json* value = nullptr;  // what it comes to, not null; null: that is a fact
};

// Scores as the test does in every context whose declared facts have their types (`context`: of the
// registry). Throws InputError where no expression does: what stands under a key that is a fact,
// or under any key, can be read by the test alone.
Predicate fact_test_expression(const std::string& fact, ast::All all,
                               std::span<const TestArgument> arguments,
                               const std::vector<Fact>& context);

}  // namespace reg
