#include <predicate/tested_fact.h>
#include <reason/outcomes.h>
#include <reason/space.h>
#include <algorithm>
#include <map>

namespace reg::reason {
namespace {

// Null: it is not there.
const Json* find(const Context& context, const std::vector<std::string>& keys) {
  return ast::descend(&context, keys);
}

// Whether something other than an object stands around it, so that nothing of a base gets through.
bool is_cut_off(const Context& given, const std::vector<std::string>& keys) {
  const Json* holder = &given;
  for (const std::string& key : std::span(keys).first(keys.size() - 1)) {
    holder = ast::descend(holder, {&key, 1});
    if (holder == nullptr) return false;
    if (!holder->is_object()) return true;
  }
  return false;
}

// How all tests of a fact score for a cell, but for what is 0.
struct Scoring {
  TestId test;
  std::size_t side;
  Outcome outcome;
  friend auto operator<=>(const Scoring&, const Scoring&) = default;
};
using Signature = std::vector<Scoring>;

ast::Kinds kinds_of(const Compared& compared) {
  unsigned kinds = ast::None;
  if (!compared.numbers.empty() || compared.ranks) kinds |= ast::Number;
  if (!compared.texts.empty() || !compared.prefixes.empty() || !compared.versions.empty())
    kinds |= ast::Text;
  return static_cast<ast::Kinds>(kinds);
}

const Fact* declaration_of(const RegistryInfo& registry, const std::vector<std::string>& keys) {
  const std::string path = print_path(keys);
  const auto found = std::ranges::find(registry.context, path, &Fact::path);
  return found == registry.context.end() ? nullptr : &*found;
}

}  // namespace

Space::Space(const Tests& tests, std::vector<Surroundings> sides, const Sample* sample)
    : tests_(tests),
      sides_(std::move(sides)),
      facts_(tests.facts()),
      outcomes_(tests.size()),
      arguments_(tests.size()),
      of_classes_(tests.size()) {
  std::vector<std::vector<TestId>> tests_of(tests.facts());
  for (TestId id = 0; id < tests.size(); ++id) {
    if (!tests.is_of_one_fact(id) || !is_one_value(tests.facts_of(id).front())) continue;
    of_classes_[id] = 1;
    tests_of[tests.facts_of(id).front()].push_back(id);
  }
  for (FactId fact = 0; fact < tests.facts(); ++fact) divide(fact, tests_of[fact], sample);
  for (TestId id = 0; id < tests.size(); ++id) {
    if (is_of_classes(id) || !is_condition(tests[id])) continue;
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      dimension_of("t" + std::to_string(id) + '/' + std::to_string(side),
                   {Condition::Kind::Test, id, {}, {}, tests.facts_of(id)});
    }
  }
  for (const FactClasses& fact : facts_) layout_.add(fact.classes.size());
  for (std::size_t i = 0; i < conditions_.size(); ++i) layout_.add(2);
}

const Json* Space::base_value(FactId fact, std::size_t side) const {
  return find(sides_[side].base, tests_.keys(fact));
}

std::vector<std::vector<std::string>> Space::base_facts() const {
  std::vector<std::vector<std::string>> facts;
  for (FactId fact = 0; fact < tests_.facts(); ++fact) {
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      if (base_value(fact, side) == nullptr) continue;
      facts.push_back(tests_.keys(fact));
      break;
    }
  }
  return facts;
}

bool Space::is_one_value(FactId fact) const {
  const std::vector<std::string>& keys = tests_.keys(fact);
  const Json* first = base_value(fact, 0);
  const auto is_version = [&](const Surroundings& side) {
    const Fact* declared = declaration_of(*side.registry, keys);
    return declared != nullptr && declared->type == FieldType::Version;
  };
  for (std::size_t side = 1; side < sides_.size(); ++side) {
    const Json* base = base_value(fact, side);
    const bool joined =
        (first != nullptr && first->is_object()) || (base != nullptr && base->is_object());
    const bool same =
        (first == nullptr) == (base == nullptr) && (base == nullptr || *first == *base);
    if ((joined && !same) || is_version(sides_[0]) != is_version(sides_[side])) return false;
  }
  return true;
}

bool Space::are_related(FactId a, FactId b) const {
  const std::vector<std::string>& outer = tests_.keys(a);
  const std::vector<std::string>& inner = tests_.keys(b);
  const std::size_t common = std::min(outer.size(), inner.size());
  return a != b && std::equal(outer.begin(), outer.begin() + static_cast<std::ptrdiff_t>(common),
                              inner.begin());
}

bool Space::has_related(FactId fact) const {
  for (FactId other = 0; other < tests_.facts(); ++other) {
    if (are_related(fact, other)) return true;
  }
  return false;
}

Domain Space::domain_of_fact(FactId fact) const {
  const std::vector<std::string>& keys = tests_.keys(fact);
  Domain domain;
  for (std::size_t side = 0; side < sides_.size(); ++side) {
    domain = common(domain, domain_of(declaration_of(*sides_[side].registry, keys)));
    if (keys.size() > 1 && base_value(fact, side) != nullptr) domain.may_be_missing = true;
  }
  return domain;
}

std::vector<Cell> Space::cells_of_fact(FactId fact, const std::vector<TestId>& tests,
                                       const Sample* sample, CellRules& rules) {
  const Compared compared = compared_by(tests_, tests);
  facts_[fact].compared = kinds_of(compared);
  facts_[fact].versions = !compared.versions.empty();
  FactCells divided = cells_of(compared, domain_of_fact(fact));
  rules = divided.rules;
  if (sample == nullptr) return std::move(divided.cells);
  const Json* value = find(sample->whole, tests_.keys(fact));
  if (value != nullptr && find(sample->given, tests_.keys(fact)) != nullptr) {
    divided.cells.insert(divided.cells.begin(), {Cell::Kind::Sample, *value});
  } else if (is_cut_off(sample->given, tests_.keys(fact))) {
    divided.cells.insert(divided.cells.begin(), {Cell::Kind::Missing});
  }
  return std::move(divided.cells);
}

// The first cell is the sample's: without one, that of a fact that is not given.
void Space::divide(FactId fact, const std::vector<TestId>& tests, const Sample* sample) {
  CellRules rules;
  std::vector<Cell> cells = cells_of_fact(fact, tests, sample, rules);
  Outcomes outcomes(*this, rules);
  for (const TestId id : tests) {
    outcomes_[id].resize(sides_.size());
    if (tests_[id].kind == Test::Kind::TestOfFact) outcomes.add_conditions(id);
  }
  std::map<Signature, std::size_t> classes;
  for (Cell& cell : cells) {
    Signature signature;
    for (const TestId id : tests) {
      for (std::size_t side = 0; side < sides_.size(); ++side) {
        const Outcome outcome = outcomes.of(id, side, cell);
        if (outcome != Outcome{}) signature.push_back({id, side, outcome});
      }
    }
    const auto [found, is_new] = classes.try_emplace(std::move(signature), classes.size());
    if (is_new) {
      facts_[fact].classes.emplace_back();
      for (const auto& [id, side, outcome] : found->first)
        outcomes_[id][side].push_back({found->second, outcome});
    }
    facts_[fact].classes[found->second].push_back(std::move(cell));
  }
}

std::size_t Space::dimension_of(const std::string& key, Condition condition) {
  const auto [found, is_new] = dimensions_.try_emplace(key, tests_.facts() + conditions_.size());
  if (is_new) conditions_.push_back(std::move(condition));
  return found->second;
}

std::size_t Space::holds(TestId test, std::size_t side) const {
  return dimensions_.at("t" + std::to_string(test) + '/' + std::to_string(side));
}

bool holds(const Condition& condition, const Tests& tests, const Context& whole) {
  if (condition.kind == Condition::Kind::Test) {
    return score(tests[condition.test],
                 [&](FactId fact) { return find(whole, tests.keys(fact)); }) != 0;
  }
  const ast::Value fact{find(whole, tests.keys(condition.facts.front())), condition.fact.origin};
  if (fact.json == nullptr) return false;
  if (condition.kind == Condition::Kind::Contains)
    return ast::holds(ast::Operator::In, condition.value, fact);
  if (!fact.json->is_object()) return false;
  if (condition.kind == Condition::Kind::Grade) return ast::test_of_fact(fact, condition.value) > 0;
  return ast::is_true_fact(*fact.json);
}

}  // namespace reg::reason
