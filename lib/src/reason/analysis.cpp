#include <reason/analysis.h>
#include <algorithm>

namespace reg::reason {
namespace {

bool reads_facts(const Formula& formula) {
  return formula.kind == Formula::Kind::Test || formula.kind == Formula::Kind::Unknown ||
         std::ranges::any_of(formula.parts, reads_facts);
}

std::vector<Formula> formulas_of(const CompiledContest& contest, Tests& tests) {
  std::vector<Formula> formulas;
  formulas.reserve(contest.size());
  for (std::size_t i = 0; i < contest.size(); ++i) {
    const Symbol& symbol = contest.contest().symbols[i];
    try {
      formulas.push_back(formula_of(contest.predicate(i), symbol.info, contest.contest().named,
                                    ast::VersionPaths(contest.versions()), tests));
    } catch (const InputError& error) {
      fail_at(symbol, error);
    }
  }
  return formulas;
}

std::optional<ast::Operator> opposite(ast::Operator op) {
  switch (op) {
    case ast::Operator::Less:
      return ast::Operator::GreaterEqual;
    case ast::Operator::LessEqual:
      return ast::Operator::Greater;
    case ast::Operator::Greater:
      return ast::Operator::LessEqual;
    case ast::Operator::GreaterEqual:
      return ast::Operator::Less;
    default:
      return std::nullopt;
  }
}

void enrich(Tests& tests) {
  for (TestId id = 0, end = tests.size(); id < end; ++id) {
    if (!tests.is_of_one_fact(id)) continue;
    Test test = tests[id];
    const bool orders = test.kind == Test::Kind::Comparison && opposite(test.op).has_value();
    if (!orders) continue;
    test.op = *opposite(test.op);
    tests.test(std::move(test));
  }
  for (FactId fact = 0; fact < tests.facts(); ++fact)
    tests.test({Test::Kind::Presence, {}, {}, {{fact, {nullptr, ast::Value::Origin::Fact}}}});
}

}  // namespace

Analysis::Analysis(const std::vector<const CompiledContest*>& sides, const ReasoningLimits& limits,
                   const Sample* sample, Vocabulary vocabulary)
    : limits_(limits) {
  std::vector<std::vector<Formula>> formulas;
  std::vector<Surroundings> surroundings;
  for (const CompiledContest* side : sides) {
    formulas.push_back(formulas_of(*side, tests_));
    surroundings.push_back({&side->contest().registry, side->base()});
  }
  if (vocabulary == Vocabulary::Rich) enrich(tests_);
  space_.emplace(tests_, std::move(surroundings), sample);
  RegionMaker maker(*space_);
  for (std::size_t side = 0; side < sides.size(); ++side) {
    std::vector<std::optional<Regions>> regions;
    for (const Formula& formula : formulas[side]) {
      Budget one = budget();
      Regions made = maker.of(formula, side, one);
      regions.push_back(one.spent() ? std::nullopt : std::optional(std::move(made)));
    }
    rivals_.emplace_back(space_->layout(), std::move(regions));
    std::ranges::transform(formulas[side], std::back_inserter(reads_.emplace_back()),
                           [](const Formula& formula) { return reads_facts(formula) ? 1 : 0; });
  }
}

}  // namespace reg::reason
