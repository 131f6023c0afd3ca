#include <predicate/known.h>
#include <reason/formula.h>
#include <algorithm>

namespace reg::reason {
namespace {

using ast::Known;
using Kind = Formula::Kind;

constexpr std::size_t max_parts = 20'000;
constexpr std::size_t max_depth = 500;

Formula number(double score) { return {Kind::Number, {}, 0, score}; }
Formula unknown() { return {Kind::Unknown, {}, 0, 0}; }
Formula negated(Formula part) {
  Formula out{Kind::Not, {}, 0, 0};
  out.parts.push_back(std::move(part));
  return out;
}

class Builder {
 public:
  Builder(const Json& self, const PredicateSet& named, ast::VersionPaths versions, Tests& tests)
      : operands_(self, versions), named_(named), tests_(tests) {}

  Formula of(const Predicate& predicate, const ast::Frame* frame);
  bool gave_up() const { return gave_up_; }

 private:
  Formula part(const ast::Conjunction& all, const ast::Frame* frame) {
    return joined(Kind::And, all.parts, frame);
  }
  Formula part(const ast::Disjunction& any, const ast::Frame* frame) {
    return joined(Kind::Or, any.parts, frame);
  }
  Formula part(const ast::Negation& negation, const ast::Frame* frame) {
    return negated(of(negation.part, frame));
  }
  Formula part(const ast::Bare& bare, const ast::Frame* frame) {
    return of_one(Test::Kind::Truth, operands_.of(bare.operand, frame));
  }
  Formula part(const ast::Comparison& comparison, const ast::Frame* frame);
  Formula part(const ast::Presence& presence, const ast::Frame* frame);
  Formula part(const ast::Rank& rank, const ast::Frame* frame) {
    return of_one(Test::Kind::Rank, operands_.of(rank.score, frame));
  }
  Formula part(const ast::Call& call, const ast::Frame* frame);
  Formula part(const ast::Callable&, const ast::Frame*) { return unknown(); }

  Formula joined(Kind kind, const std::vector<Predicate>& parts, const ast::Frame* frame);
  Formula test_of_fact(const ast::Call& call, ast::All all, const ast::Frame* frame);
  Formula of_one(Test::Kind kind, const Known& known) {
    return leaf({kind, {}, {}, {side(known)}});
  }
  Formula leaf(Test test);
  Side side(const Known& known) {
    return {known.is_fact() ? std::optional(tests_.fact(*known.fact)) : std::nullopt, known.value};
  }

  const ast::KnownOperands operands_;
  const PredicateSet& named_;
  Tests& tests_;
  std::size_t parts_ = 0;
  std::size_t depth_ = 0;
  bool gave_up_ = false;
};

Formula Builder::of(const Predicate& predicate, const ast::Frame* frame) {
  if (gave_up_ || ++parts_ > max_parts || depth_ == max_depth) {
    gave_up_ = true;
    return unknown();
  }
  const ast::Level level(depth_);
  return std::visit([this, frame](const auto& one) { return part(one, frame); },
                    ast::top_of(predicate));
}

Formula Builder::joined(Kind kind, const std::vector<Predicate>& parts, const ast::Frame* frame) {
  Formula out{kind, {}, 0, 0};
  out.parts.reserve(parts.size());
  for (const Predicate& predicate : parts) out.parts.push_back(of(predicate, frame));
  return out;
}

// What reads no fact is a number.
Formula Builder::leaf(Test test) {
  const bool reads = std::any_of(test.sides.begin(), test.sides.end(),
                                 [](const Side& side) { return side.fact.has_value(); });
  if (!reads) return number(score(test, nullptr));
  return {Kind::Test, {}, tests_.test(std::move(test)), 0};
}

Formula Builder::part(const ast::Comparison& comparison, const ast::Frame* frame) {
  const bool differs = comparison.op == ast::Operator::NotEqual;
  const ast::Operator op = differs ? ast::Operator::Equal : comparison.op;
  Formula out = leaf(
      {Test::Kind::Comparison,
       op,
       {},
       {side(operands_.of(comparison.left, frame)), side(operands_.of(comparison.right, frame))}});
  return differs ? negated(std::move(out)) : out;
}

Formula Builder::part(const ast::Presence& presence, const ast::Frame* frame) {
  const Known known = operands_.of(presence.path, frame);
  if (known.value.is_field() && !known.is_fact())
    return number(known.value.json->is_null() ? 0 : 1);
  return of_one(Test::Kind::Presence, known);
}

Formula Builder::part(const ast::Call& call, const ast::Frame* frame) {
  const PredicateDefinition* definition = named_.find(call.name);
  const bool fits = definition != nullptr &&
                    (definition->is_fact() || definition->params.size() == call.arguments.size());
  if (!fits) {
    const auto problem = named_.problem({call.name, call.arguments.size(), call.offset});
    throw InputError(problem->message, problem->hint);
  }
  if (definition->is_fact()) return test_of_fact(call, ast::all_of(*definition), frame);
  const ast::Frame inner{call, *definition, frame};
  return of(*definition->expr, &inner);
}

Formula Builder::test_of_fact(const ast::Call& call, ast::All all, const ast::Frame* frame) {
  Test test{Test::Kind::TestOfFact, {}, all, {side(operands_.tested_fact(call.name))}};
  for (const ast::Operand& argument : call.arguments)
    test.sides.push_back(side(operands_.of(argument, frame)));
  return leaf(std::move(test));
}

}  // namespace

Formula formula_of(const Predicate& predicate, const Json& self, const PredicateSet& named,
                   ast::VersionPaths versions, Tests& tests) {
  Builder builder(self, named, versions, tests);
  Formula formula = builder.of(predicate, nullptr);
  return builder.gave_up() ? unknown() : formula;
}

}  // namespace reg::reason
