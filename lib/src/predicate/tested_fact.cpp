#include <predicate/evaluation.h>
#include <predicate/tested_fact.h>
#include <algorithm>

namespace reg::ast {
namespace {

// Grades stand under texts.
double grade_under(const Json& grades, const Json& key) {
  const auto* name = key.get_ptr<const std::string*>();
  const Json* found = name == nullptr ? nullptr : descend(&grades, {name, 1});
  return found == nullptr ? 0 : finite(grade(*found));
}

bool equals_or_has(Value fact, Value wanted) {
  if (meets_null(fact, wanted)) return false;
  As as = as_of(fact, wanted);
  if (!fact.json->is_array()) return equal(*wanted.json, *fact.json, as);
  return equal(*wanted.json, *fact.json, as) || holds(Operator::In, wanted, fact);
}

}  // namespace

bool is_true_fact(const Json& fact) {
  if (!fact.is_object()) return is_true(fact);
  return std::any_of(fact.begin(), fact.end(), [](const Json& one) { return grade(one) > 0; });
}

double test_of_fact(Value fact, Value wanted) {
  if (wanted.json == nullptr) return 0;
  if (fact.json->is_object()) return grade_under(*fact.json, *wanted.json);
  return equals_or_has(fact, wanted) ? 1 : 0;
}

}  // namespace reg::ast
