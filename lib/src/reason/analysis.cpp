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

std::vector<Context> bases_of(const std::vector<const CompiledContest*>& sides) {
  std::vector<Context> bases;
  for (const CompiledContest* side : sides) bases.push_back(side->base());
  return bases;
}

std::vector<Surroundings> surroundings_of(const Formulas& formulas, std::vector<Context> bases) {
  std::vector<Surroundings> surroundings;
  for (std::size_t side = 0; side < bases.size(); ++side)
    surroundings.push_back({&formulas.sides()[side]->contest().registry, std::move(bases[side])});
  return surroundings;
}

}  // namespace

Formulas::Formulas(const std::vector<const CompiledContest*>& sides, Vocabulary vocabulary)
    : sides_(sides) {
  for (const CompiledContest* side : sides_) formulas_.push_back(formulas_of(*side, tests_));
  if (vocabulary == Vocabulary::Rich) enrich(tests_);
}

Analysis::Analysis(const std::vector<const CompiledContest*>& sides, const ReasoningLimits& limits,
                   const Sample* sample, Vocabulary vocabulary)
    : Analysis(std::make_shared<const Formulas>(sides, vocabulary), bases_of(sides), limits,
               sample) {}

Analysis::Analysis(std::shared_ptr<const Formulas> formulas, std::vector<Context> bases,
                   const ReasoningLimits& limits, const Sample* sample)
    : formulas_(std::move(formulas)),
      limits_(limits),
      space_(formulas_->tests(), surroundings_of(*formulas_, std::move(bases)), sample) {
  RegionMaker maker(space_, limits_);
  for (std::size_t side = 0; side < formulas_->sides().size(); ++side) {
    std::vector<std::optional<Regions>> regions;
    for (const Formula& formula : formulas_->of(side)) {
      Budget one = budget();
      Regions made = maker.of(formula, side, one);
      regions.push_back(one.spent() ? std::nullopt : std::optional(std::move(made)));
    }
    rivals_.emplace_back(space_.layout(), std::move(regions), formulas_->sides()[side]->pinned());
  }
}

bool Analysis::reads(std::size_t side, std::size_t symbol) const {
  return reads_facts(formulas_->of(side)[symbol]);
}

}  // namespace reg::reason
