#include <reason/outcomes.h>
#include <algorithm>

namespace reg::reason {
namespace {

using Kind = Outcome::Kind;

Outcome definite(double score) { return {Kind::Score, score}; }

bool is_text(const Side& side) {
  return side.value.json != nullptr && side.value.json->is_string();
}

const Side& constant_of(const Test& test) { return test.sides[test.sides[0].fact ? 1 : 0]; }
const Side& fact_of(const Test& test) { return test.sides[test.sides[0].fact ? 0 : 1]; }

// Whether versions are compared somewhere in it.
bool compares_versions(const Test& test) {
  if (test.kind == Test::Kind::TestOfFact) {
    return std::any_of(test.sides.begin() + 1, test.sides.end(), [&](const Side& argument) {
      return reason::compares_versions(test.sides.front(), argument);
    });
  }
  if (test.kind != Test::Kind::Comparison) return false;
  const Side& other = constant_of(test);
  if (reason::compares_versions(fact_of(test), other)) return true;
  return other.value.json != nullptr && other.value.json->is_array() &&
         std::ranges::any_of(*other.value.json, ast::is_version);
}

bool has_parts_of_text(const Test& test) {
  return test.op == ast::Operator::In && test.sides[0].fact && is_text(test.sides[1]);
}

bool is_open_glob(const Test& test, const CellRules& rules) {
  if (test.op != ast::Operator::Glob) return false;
  if (!test.sides[0].fact || !is_text(test.sides[1])) return true;
  switch (shape_of_glob(test.sides[1].value.json->get_ref<const std::string&>()).kind) {
    case GlobShape::Kind::Text:
      return false;
    case GlobShape::Kind::Prefix:
      return rules.prefixes_are_free;
    case GlobShape::Kind::Other:
      break;
  }
  return true;
}

std::string key_of(const char* kind, const Side& fact, const ast::Value& value) {
  std::string key = kind + std::to_string(*fact.fact);
  key += value.is_version() || fact.value.is_version() ? 'v' : ' ';
  append_exact(key, *value.json);
  return key;
}

bool never_meets(const Side& side) {
  return side.value.json == nullptr || (side.value.is_path() && side.value.json->is_null());
}

}  // namespace

// Whether the cell has values for which the test scores differently.
bool Outcomes::is_open(const Test& test, const Cell& cell) const {
  const bool of_texts = cell.kind == Cell::Kind::Texts;
  const bool of_numbers = cell.kind == Cell::Kind::Numbers ||
                          (cell.kind == Cell::Kind::Value && ast::is_number(cell.value));
  if ((of_texts || of_numbers) && rules_.versions_are_free && compares_versions(test)) return true;
  if (!of_texts || test.kind != Test::Kind::Comparison) return false;
  return has_parts_of_text(test) || is_open_glob(test, rules_);
}

Outcome Outcomes::if_it_holds(TestId id, double score) {
  const std::size_t dimension = space_.dimension_of(
      "t" + std::to_string(id), {Condition::Kind::Test, id, {}, {}, space_.tests_.facts_of(id)});
  return {Kind::Condition, score, dimension};
}

Outcome Outcomes::of_comparison(TestId id, const Cell& cell) {
  const Test& test = space_.tests_[id];
  if (is_open(test, cell)) return if_it_holds(id, 1);
  const bool is_contained = test.op == ast::Operator::In && test.sides[1].fact;
  const bool versions_in_list = cell.kind == Cell::Kind::Value && cell.value.is_array();
  const bool of_many = cell.kind == Cell::Kind::List ||
                       (versions_in_list && is_contained && compares_versions(test));
  const bool of_keys = cell.kind == Cell::Kind::Object || cell.kind == Cell::Kind::Texts;
  if (!is_contained || never_meets(test.sides[0]) ||
      !(of_many || (of_keys && is_text(test.sides[0])))) {
    return definite(score(test, cell.json()));
  }
  return {Kind::Condition, 1, contains(id, test.sides[1], test.sides[0].value)};
}

Outcome Outcomes::of_test_of_fact(TestId id, const Cell& cell) {
  const Test& test = space_.tests_[id];
  const std::size_t arguments = test.arguments();
  const double most = test.all == ast::All::Yes ? static_cast<double>(arguments) : 1;
  if (arguments != 0 && is_open(test, cell)) return if_it_holds(id, most);
  if (cell.kind == Cell::Kind::Object && arguments == 0) {
    const FactId fact = *test.sides[0].fact;
    return {Kind::Condition, 1,
            space_.dimension_of("g" + std::to_string(fact),
                                {Condition::Kind::AnyGrade, id, {}, {}, {fact}})};
  }
  const bool of_versions =
      cell.kind == Cell::Kind::Value && cell.value.is_array() && compares_versions(test);
  if (arguments != 0 && (cell.kind == Cell::Kind::List || of_versions)) return {Kind::List};
  if (arguments != 0 && cell.kind == Cell::Kind::Object) return {Kind::Object};
  return definite(score(test, cell.json()));
}

Outcome Outcomes::of(TestId id, std::size_t side, const Cell& cell) {
  const Test& test = space_.tests_[id];
  const FactId fact = space_.tests_.facts_of(id).front();
  if (cell.kind == Cell::Kind::NotGiven)
    return definite(score(test, space_.base_value(fact, side)));
  if (cell.kind == Cell::Kind::Missing || cell.kind == Cell::Kind::Sample)
    return definite(score(test, cell.json()));
  if (test.kind == Test::Kind::Comparison) return of_comparison(id, cell);
  if (test.kind == Test::Kind::TestOfFact) return of_test_of_fact(id, cell);
  if (test.kind == Test::Kind::Rank && cell.kind == Cell::Kind::Numbers)
    return {Kind::Number, 0, 0, cell.low, cell.high};
  return definite(score(test, cell.json()));
}

std::size_t Outcomes::contains(TestId id, const Side& fact, const ast::Value& value) {
  return space_.dimension_of(key_of("c", fact, value),
                             {Condition::Kind::Contains, id, fact.value, value, {*fact.fact}});
}

void Outcomes::add_conditions(TestId id) {
  const Test& test = space_.tests_[id];
  const Side& fact = test.sides[0];
  for (std::size_t i = 1; i < test.sides.size(); ++i) {
    ArgumentConditions& conditions = space_.arguments_[id].emplace_back();
    if (never_meets(test.sides[i])) continue;
    const ast::Value& value = test.sides[i].value;
    conditions.contains = contains(id, fact, value);
    if (!value.json->is_string()) continue;
    conditions.grade = space_.dimension_of(
        key_of("o", fact, value), {Condition::Kind::Grade, id, fact.value, value, {*fact.fact}});
  }
}

}  // namespace reg::reason
