#pragma once
// What binds names in Python, but for imports and definitions.

#include <scan/python_calls.h>
#include <scan/python_statements.h>
#include <scan/python_values.h>
#include <optional>
#include <string>
#include <vector>

namespace reg {

class PythonNames {
 public:
  using Number = PythonTree::Number;

  // All outlive it.
  PythonNames(const PythonTree& tree, PythonValues& values, PythonStatements& statements,
              PythonCalls& calls)
      : tree_(tree), values_(values), statements_(statements), calls_(calls) {}

  // Every name or dotted name in a target, whatever it is unpacked by.
  void bind_all(Number target, Statement::Kind kind, const PythonContext& context);
  // The outermost of a chain `a = b = value`, which is one nested into the other.
  void assignment(Number node, const PythonContext& context);
  void augmented_assignment(Number node, const PythonContext& context);
  void walrus(Number node, const PythonContext& context);
  void for_loop(Number node, PythonContext context);
  void except(Number node, const PythonContext& context);
  void match_case(Number node, const PythonContext& context);
  void type_alias(Number node, const PythonContext& context);

 private:
  const PythonTree& tree_;
  PythonValues& values_;
  PythonStatements& statements_;
  PythonCalls& calls_;

  Expression value_of(Number node, const PythonContext& context);
  void bind(Number name, const PythonContext& context);
  std::optional<std::vector<Number>> parts_of(Number node) const;
  Number without_parentheses(Number target) const;
  bool is_sum(Number node) const;
  void assign(Number target, Number value, const PythonContext& context);
  bool is_exchange(const std::vector<Number>& targets, const std::vector<Number>& values) const;
  void exchange(const std::vector<Number>& targets, const std::vector<Number>& values,
                const PythonContext& context);
  void assign_one(Number target, Number value, const PythonContext& context);
  void assign_name(Number target, Number value, std::string name, const PythonContext& context);
  void assign_all(Number target, Number value, const PythonContext& context);
  void extend(std::string name, Number at, Number value, const PythonContext& context);
  void join(Expression::Kind kind, const std::string& name, Number target, Number value,
            const PythonContext& context);
  void bind_pattern(Number name, const PythonContext& context);
};

}  // namespace reg
