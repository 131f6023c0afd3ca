#include <predicate/fact_questions.h>
#include <predicate/print.h>
#include <algorithm>
#include <optional>
#include <unordered_set>

namespace reg {

const char* to_string(FactTest test) {
  switch (test) {
    case FactTest::Equal:
      return "==";
    case FactTest::NotEqual:
      return "!=";
    case FactTest::Less:
      return "<";
    case FactTest::LessEqual:
      return "<=";
    case FactTest::Greater:
      return ">";
    case FactTest::GreaterEqual:
      return ">=";
    case FactTest::In:
      return "in";
    case FactTest::Contains:
      return "contains";
    case FactTest::Glob:
      return "glob";
    case FactTest::Argument:
      return "argument";
    case FactTest::Truth:
      return "true";
    case FactTest::Presence:
      return "has";
    case FactTest::Score:
      break;
  }
  return "yes";
}

namespace ast {
namespace {

FactTest seen_from_left(Operator op) {
  switch (op) {
    case Operator::Equal:
      return FactTest::Equal;
    case Operator::NotEqual:
      return FactTest::NotEqual;
    case Operator::Less:
      return FactTest::Less;
    case Operator::LessEqual:
      return FactTest::LessEqual;
    case Operator::Greater:
      return FactTest::Greater;
    case Operator::GreaterEqual:
      return FactTest::GreaterEqual;
    case Operator::In:
      return FactTest::In;
    case Operator::Glob:
      break;
  }
  return FactTest::Glob;
}

// A fact that is the pattern of a glob is asked like any text.
FactTest seen_from_right(Operator op) {
  switch (op) {
    case Operator::Less:
      return FactTest::Greater;
    case Operator::LessEqual:
      return FactTest::GreaterEqual;
    case Operator::Greater:
      return FactTest::Less;
    case Operator::GreaterEqual:
      return FactTest::LessEqual;
    case Operator::In:
      return FactTest::Contains;
    case Operator::Equal:
    case Operator::NotEqual:
    case Operator::Glob:
      break;
  }
  return seen_from_left(op);
}

bool is_fact(const std::optional<Operand>& operand) {
  const auto* path = operand ? std::get_if<Path>(&*operand) : nullptr;
  return path != nullptr && path->scope == Scope::Context;
}

// A text that no other question has: a list may have thousands of elements.
std::string key_of(const FactQuestion& question) {
  std::string key = question.fact + '\n' + to_string(question.test) + '\n' + question.by_way_of;
  if (const auto* literal = std::get_if<Literal>(&question.with))
    key += '\n' + printed(literal->value);
  if (const auto* path = std::get_if<Path>(&question.with)) key += "\n\n" + printed(*path);
  return key;
}

}  // namespace

// The questions of one predicate, or of the expression behind a call.
class FactQuestions::Collector {
 public:
  // `definition` and `call`: what the parameters are, and stand for; null: there are none.
  Collector(FactQuestions& all, const PredicateDefinition* definition, const Call* call)
      : all_(all), definition_(definition), call_(call) {}

  std::vector<FactQuestion> of(const Predicate& predicate) {
    walk(predicate, [this](const Predicate& part) {
      std::visit(*this, top_of(part));
      return true;
    });
    return std::move(found_);
  }

  void operator()(const Bare& bare) { ask(bare.operand, FactTest::Truth); }
  void operator()(const Presence& presence) { ask(presence.path, FactTest::Presence); }
  void operator()(const Rank& rank) { ask(rank.score, FactTest::Score); }
  void operator()(const Comparison& comparison) {
    const auto left = resolved(comparison.left), right = resolved(comparison.right);
    compare(left, seen_from_left(comparison.op), right);
    compare(right, seen_from_right(comparison.op), left);
  }
  void operator()(const Call& call) {
    const PredicateDefinition* called = all_.named_.find(call.name);
    if (called == nullptr) return;
    Call written{call.name, {}, 0};
    for (const Operand& argument : call.arguments)
      written.arguments.push_back(resolved(argument).value_or(Literal{nullptr}));
    if (called->is_fact()) return test(written);
    for (const FactQuestion& question : all_.of(written)) add(question);
  }
  void operator()(const Callable&) {}
  void operator()(const Conjunction&) {}
  void operator()(const Disjunction&) {}
  void operator()(const Negation&) {}

 private:
  // What an operand stands for; nothing, where it goes into a value that is no object.
  std::optional<Operand> resolved(const Operand& operand) const {
    const auto* path = std::get_if<Path>(&operand);
    const Operand* argument = path == nullptr ? nullptr : argument_of(*path);
    if (argument == nullptr) return operand;
    if (path->keys.size() == 1) return *argument;
    const auto* whole = std::get_if<Path>(argument);
    if (whole == nullptr) return std::nullopt;
    Path inner = *whole;
    inner.keys.insert(inner.keys.end(), path->keys.begin() + 1, path->keys.end());
    return inner;
  }

  const Operand* argument_of(const Path& path) const {
    if (definition_ == nullptr || path.scope == Scope::Self) return nullptr;
    const auto& params = definition_->params;
    const auto found = std::find(params.begin(), params.end(), path.keys.front());
    const auto at = static_cast<std::size_t>(found - params.begin());
    return at < call_->arguments.size() ? &call_->arguments[at] : nullptr;
  }

  void ask(const Operand& operand, FactTest test) {
    if (const auto asked = resolved(operand); is_fact(asked)) add({printed(*asked), test});
  }

  void compare(const std::optional<Operand>& fact, FactTest test,
               const std::optional<Operand>& other) {
    if (!is_fact(fact) || !other) return;
    const auto* literal = std::get_if<Literal>(&*other);
    if (literal == nullptr) return add({printed(*fact), test, std::get<Path>(*other)});
    if (test != FactTest::In || !literal->value.is_array())
      return add({printed(*fact), test, *literal});
    for (const Json& element : literal->value) add({printed(*fact), test, Literal{element}});
  }

  // A parameter does not hide the fact that is tested.
  void test(const Call& call) {
    const Operand fact = Path{Scope::Context, {call.name}};
    if (call.arguments.empty()) add({printed(fact), FactTest::Truth});
    for (const Operand& argument : call.arguments) compare(fact, FactTest::Argument, argument);
  }

  void add(FactQuestion question) {
    if (seen_.insert(key_of(question)).second) found_.push_back(std::move(question));
  }

  FactQuestions& all_;
  const PredicateDefinition* definition_;
  const Call* call_;
  std::vector<FactQuestion> found_;
  std::unordered_set<std::string> seen_;
};

std::vector<FactQuestion> FactQuestions::of(const Predicate& predicate) {
  return Collector(*this, nullptr, nullptr).of(predicate);
}

const std::vector<FactQuestion>& FactQuestions::of(const Call& call) {
  const std::string text = make(Part(call)).to_string();
  if (const auto known = known_.find(text); known != known_.end()) return known->second;
  const PredicateDefinition& called = *named_.find(call.name);
  std::vector<FactQuestion> questions = Collector(*this, &called, &call).of(*called.expr);
  for (FactQuestion& question : questions) question.by_way_of = call.name;
  return known_.emplace(text, std::move(questions)).first->second;
}

}  // namespace ast
}  // namespace reg
