#include <predicate/node.h>
#include <reason/condition_text.h>
#include <reg/text.h>
#include <algorithm>

namespace reg::reason {
namespace {

using Classes = std::vector<char>;  // of a fact: whether a class is in it

constexpr std::size_t most_literals = 4;

// A test, or its negation, and the classes in which it may hold.
struct Literal {
  TestId test;
  bool negated;
  Classes classes;
};

std::size_t outside(const Classes& classes, const Classes& wanted) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < classes.size(); ++i)
    count += classes[i] != 0 && wanted[i] == 0 ? 1U : 0U;
  return count;
}

Classes common(Classes a, const Classes& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] != 0 && b[i] != 0 ? 1 : 0;
  return a;
}

class Wording {
 public:
  Wording(FactId fact, const Box& box, const Space& space, const Context& example)
      : fact_(fact), box_(box), space_(space), example_(example) {}

  std::string text(Saying saying);

 private:
  std::string like_example() const;
  void add_conditions();
  void add_literals();
  // Takes of what is left what the literals leave, a few of them.
  std::vector<const Literal*> narrowed_by(const std::vector<Literal>& literals,
                                          const Classes& wanted);
  std::vector<Literal> literals() const;
  std::optional<Literal> literal(TestId id, bool negated) const;
  std::optional<Predicate> worded(TestId id) const;
  std::optional<Predicate> worded(const Condition& condition) const;
  void add(std::optional<Predicate> predicate, bool negated);

  const FactId fact_;
  const Box& box_;
  const Space& space_;
  const Context& example_;
  Classes left_;  // that what is said so far leaves
  std::vector<std::string> said_;
  bool unsaid_ = false;
};

std::optional<ast::Operand> operand(const Side& side, const Tests& tests) {
  if (side.fact) return ast::Path{ast::Scope::Context, tests.keys(*side.fact)};
  const Json* value = side.value.json;
  if (value == nullptr || value->is_object() || (side.value.is_path() && value->is_null()))
    return std::nullopt;
  if (side.value.origin == ast::Value::Origin::VersionField) {
    const std::optional<std::string> text = version_text(*value);
    if (!text) return std::nullopt;
    return ast::Literal{ast::make_version(text->starts_with('v') ? text->substr(1) : *text)};
  }
  return ast::Literal{*value};
}

std::optional<Predicate> worded(const Test& test, const Tests& tests) {
  const ast::Path path{ast::Scope::Context,
                       tests.keys(*test.sides[test.sides[0].fact ? 0 : 1].fact)};
  if (test.kind == Test::Kind::Truth) return ast::make(ast::Bare{path});
  if (test.kind == Test::Kind::Presence) return ast::make(ast::Presence{path});
  if (test.kind == Test::Kind::Rank) return std::nullopt;
  std::vector<ast::Operand> operands;
  for (const Side& side : test.sides) {
    auto one = operand(side, tests);
    if (!one) return std::nullopt;
    operands.push_back(std::move(*one));
  }
  if (test.kind == Test::Kind::Comparison)
    return ast::make(ast::Comparison{operands[0], test.op, operands[1]});
  return ast::make(ast::Call{path.keys.front(), {operands.begin() + 1, operands.end()}});
}

// With parentheses that the grammar does not need, and people do.
std::string negated_text(const Predicate& predicate) {
  const auto* comparison = std::get_if<ast::Comparison>(&ast::top_of(predicate));
  if (comparison == nullptr) return '~' + predicate.to_string();
  if (comparison->op != ast::Operator::Equal) return "~(" + predicate.to_string() + ')';
  ast::Comparison differs = *comparison;
  differs.op = ast::Operator::NotEqual;
  return ast::make(std::move(differs)).to_string();
}

void Wording::add(std::optional<Predicate> predicate, bool negated) {
  if (!predicate) {
    unsaid_ = true;
    return;
  }
  said_.push_back(negated ? negated_text(*predicate) : predicate->to_string());
}

std::optional<Predicate> Wording::worded(TestId id) const {
  return reason::worded(space_.tests()[id], space_.tests());
}

std::optional<Predicate> Wording::worded(const Condition& condition) const {
  const Tests& tests = space_.tests();
  const auto value = [&] { return operand({std::nullopt, condition.value}, tests); };
  const ast::Path path{ast::Scope::Context, tests.keys(condition.facts.front())};
  switch (condition.kind) {
    case Condition::Kind::Test:
      return worded(condition.test);
    case Condition::Kind::Contains:
      if (auto one = value()) return ast::make(ast::Comparison{*one, ast::Operator::In, path});
      return std::nullopt;
    case Condition::Kind::Grade:
      if (auto one = value()) return ast::make(ast::Call{path.keys.front(), {*one}});
      return std::nullopt;
    case Condition::Kind::AnyGrade:
      return ast::make(ast::Call{path.keys.front(), {}});
  }
  return std::nullopt;
}

// The classes in which a test may hold, or may not.
std::optional<Literal> Wording::literal(TestId id, bool negated) const {
  const std::size_t count = space_.layout().cells(fact_);
  Literal out{id, negated, Classes(count, negated ? 1 : 0)};
  for (const Scored& scored : space_.outcomes(id, 0)) {
    const bool is_open = scored.outcome.kind == Outcome::Kind::Condition ||
                         scored.outcome.kind == Outcome::Kind::List ||
                         scored.outcome.kind == Outcome::Kind::Object;
    if (!negated) {
      out.classes[scored.a_class] = 1;
    } else if (!is_open) {
      out.classes[scored.a_class] = 0;
    }
  }
  const double score = reason::score(space_.tests()[id], [&](FactId fact) {
    return ast::descend(&example_, space_.tests().keys(fact));
  });
  const bool holds_for_example = (score != 0) != negated;
  if (!holds_for_example || !worded(id)) return std::nullopt;
  return out;
}

std::vector<Literal> Wording::literals() const {
  std::vector<Literal> out;
  for (const bool negated : {false, true}) {
    for (TestId id = 0; id < space_.tests().size(); ++id) {
      if (!space_.tests().is_of_one_fact(id) || space_.tests().facts_of(id).front() != fact_)
        continue;
      if (auto one = literal(id, negated)) out.push_back(std::move(*one));
    }
  }
  return out;
}

// What the box asks for besides classes. Of two facts nothing is said that would not leave open
// which of them is to be what.
void Wording::add_conditions() {
  const Layout& layout = space_.layout();
  for (std::size_t dimension = space_.tests().facts(); dimension < layout.dimensions();
       ++dimension) {
    if (layout.is_free(box_, dimension)) continue;
    const Condition& condition = space_.condition(dimension);
    if (std::ranges::find(condition.facts, fact_) == condition.facts.end()) continue;
    if (condition.facts.size() > 1) {
      unsaid_ = true;
      return;
    }
    const bool holds = layout.has(box_, dimension, 1);
    add(worded(condition), !holds);
    if (auto one = literal(condition.test, !holds)) left_ = common(std::move(left_), one->classes);
  }
}

// The wanted classes, said by literals that each leave all of them; if these do not suffice, by
// such that leave some. Each time the one that leaves least of what is not wanted.
void Wording::add_literals() {
  Classes wanted(left_.size());
  for (const std::size_t a_class : space_.layout().cells_in(box_, fact_)) wanted[a_class] = 1;
  if (outside(left_, wanted) == 0) return;
  const std::vector<Literal> all = literals();
  std::vector<Literal> whole;
  for (const Literal& one : all) {
    if (outside(wanted, one.classes) == 0) whole.push_back(one);
  }
  const Classes before = left_;
  std::vector<const Literal*> used = narrowed_by(whole, wanted);
  if (outside(left_, wanted) != 0) {
    left_ = before;
    used = narrowed_by(all, wanted);
  }
  if (outside(left_, wanted) != 0) unsaid_ = true;
  for (const Literal* one : used) add(worded(one->test), one->negated);
}

std::vector<const Literal*> Wording::narrowed_by(const std::vector<Literal>& literals,
                                                 const Classes& wanted) {
  std::vector<const Literal*> used;
  while (outside(left_, wanted) != 0 && used.size() < most_literals) {
    const Literal* best = nullptr;
    std::size_t least = outside(left_, wanted);
    for (const Literal& one : literals) {
      const std::size_t rest = outside(common(left_, one.classes), wanted);
      if (rest >= least) continue;
      best = &one;
      least = rest;
    }
    if (best == nullptr) break;
    left_ = common(std::move(left_), best->classes);
    used.push_back(best);
  }
  return used;
}

std::string Wording::text(Saying saying) {
  left_.assign(space_.layout().cells(fact_), 1);
  unsaid_ = saying == Saying::Example || !meets_conditions(box_, space_, example_);
  if (!unsaid_) {
    add_conditions();
    add_literals();
  }
  if (unsaid_ || said_.empty()) return like_example();
  return joined(said_, " & ");
}

// Empty: that cannot be said.
std::string Wording::like_example() const try {
  const Json* value = ast::descend(&example_, space_.tests().keys(fact_));
  const ast::Path path{ast::Scope::Context, space_.tests().keys(fact_)};
  if (value == nullptr) return (~ast::make(ast::Presence{path})).to_string();
  if (ast::is_number(*value) && space_.tells_versions(fact_)) return {};
  const ast::Comparison equals{path, ast::Operator::Equal, ast::Literal{*value}};
  return Predicate::parse(ast::make(equals).to_string()).to_string();
} catch (const PredicateError&) {  // an object is no literal
  return {};
}

}  // namespace

bool meets_conditions(const Box& box, const Space& space, const Context& whole) {
  const Layout& layout = space.layout();
  for (std::size_t dimension = space.tests().facts(); dimension < layout.dimensions();
       ++dimension) {
    if (layout.is_free(box, dimension)) continue;
    const std::size_t cell = holds(space.condition(dimension), space.tests(), whole) ? 1 : 0;
    if (!layout.has(box, dimension, cell)) return false;
  }
  return true;
}

FactCondition condition_of(FactId fact, const Box& box, const Space& space, const Context& now,
                           const Context& example, Saying saying) {
  const std::vector<std::string>& keys = space.tests().keys(fact);
  const auto value = [&keys](const Context& whole) {
    const Json* found = ast::descend(&whole, keys);
    return found == nullptr ? std::optional<Json>() : std::optional(*found);
  };
  return {print_path(keys), Wording(fact, box, space, example).text(saying), value(now),
          value(example)};
}

}  // namespace reg::reason
