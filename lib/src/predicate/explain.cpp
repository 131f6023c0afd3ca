// Explanations: the evaluation of a predicate, part by part, with a note at every part that is 0.

#include <predicate/evaluation.h>
#include <predicate/print.h>
#include <predicate/value.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

using namespace ast;

// Beyond this many parts, the expressions behind named predicates are left out.
constexpr std::size_t max_traces = 100'000;
constexpr const char* short_circuit = "not evaluated: short circuit";

// A value as it stands in a note: whole if it is short.
std::string shown(const Json& value) {
  constexpr std::size_t longest = 60;
  std::string text = printed(value);
  if (text.size() <= longest) return text;
  text.resize(valid_utf8_prefix(std::string_view(text).substr(0, longest)));
  return text + "…";
}

std::string_view type_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::boolean:
      return "a boolean";
    case Json::value_t::string:
      return "a string";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::binary:
      return "a version";
    default:
      return "a number";
  }
}

class Explainer {
 public:
  Explainer(const Context& context, const Json& self, const PredicateSet& named)
      : evaluation_({context}, self, named) {}

  Trace trace(const Predicate& predicate, const Frame* frame);

 private:
  void explain(Trace& trace, const Conjunction& all, const Frame* frame);
  void explain(Trace& trace, const Disjunction& any, const Frame* frame);
  void explain(Trace& trace, const Negation& negation, const Frame* frame);
  void explain(Trace& trace, const Call& call, const Frame* frame);
  template <typename Leaf>
  void explain(Trace& trace, const Leaf& leaf, const Frame* frame) {
    if (trace.score == 0.0) trace.note = note(leaf, frame);
  }

  std::string note(const Bare& bare, const Frame* frame) { return note_on(bare.operand, frame); }
  std::string note(const Rank& rank, const Frame* frame);
  std::string note(const Presence& presence, const Frame* frame) {
    return missing(presence.path, frame);
  }
  std::string note(const Comparison& comparison, const Frame* frame);
  std::string note(const Callable&, const Frame*) { return "it returned 0"; }
  std::string note_on(const Operand& operand, const Frame* frame);
  std::string missing(const Operand& operand, const Frame* frame);

  Evaluation evaluation_;
  std::size_t traces_ = 0;
};

bool is_leaf(const Part& part) {
  return !std::holds_alternative<Conjunction>(part) && !std::holds_alternative<Disjunction>(part) &&
         !std::holds_alternative<Negation>(part) && !std::holds_alternative<Call>(part);
}

Trace not_evaluated(const Predicate& predicate) {
  return {predicate.to_string(), std::nullopt, {}, short_circuit};
}

Trace Explainer::trace(const Predicate& predicate, const Frame* frame) {
  ++traces_;
  Trace trace{predicate.to_string(), std::nullopt, {}, {}};
  const Part& part = predicate.root().part;
  if (is_leaf(part)) trace.score = evaluation_.score(predicate, frame);
  std::visit([&](const auto& kind) { explain(trace, kind, frame); }, part);
  return trace;
}

void Explainer::explain(Trace& trace, const Conjunction& all, const Frame* frame) {
  Level level = evaluation_.enter();
  double sum = 0;
  bool failed = false;
  for (const Predicate& part : all.parts) {
    trace.children.push_back(failed ? not_evaluated(part) : this->trace(part, frame));
    if (failed) continue;
    sum += *trace.children.back().score;
    failed = trace.children.back().score == 0.0;
  }
  trace.score = failed ? 0 : finite(sum);
}

void Explainer::explain(Trace& trace, const Disjunction& any, const Frame* frame) {
  Level level = evaluation_.enter();
  trace.score = 0;
  for (const Predicate& part : any.parts) {
    bool found = trace.score != 0.0;
    trace.children.push_back(found ? not_evaluated(part) : this->trace(part, frame));
    if (!found) trace.score = trace.children.back().score;
  }
}

void Explainer::explain(Trace& trace, const Negation& negation, const Frame* frame) {
  Level level = evaluation_.enter();
  trace.children.push_back(this->trace(negation.part, frame));
  trace.score = trace.children.back().score == 0.0 ? 1 : 0;
}

void Explainer::explain(Trace& trace, const Call& call, const Frame* frame) {
  const PredicateDefinition& definition = evaluation_.definition(call);
  if (definition.is_fact()) {
    trace.score = evaluation_.test_of_fact(call, frame);
    if (trace.score == 0.0) trace.note = note_on(Path{Scope::Context, {call.name}}, nullptr);
    return;
  }
  Level level = evaluation_.enter();
  Level call_level = evaluation_.enter_call();
  Frame inner{call, definition, frame};
  if (traces_ > max_traces) {
    trace.score = evaluation_.score(*definition.expr, &inner);
    trace.note = "its expression is left out: the explanation is too long";
    return;
  }
  trace.children.push_back(this->trace(*definition.expr, &inner));
  trace.score = trace.children.back().score;
}

// `missing fact "sm"`, where a parameter is named by the argument that it stands for.
std::string Explainer::missing(const Operand& operand, const Frame* frame) {
  const auto* path = std::get_if<Path>(&operand);
  if (path == nullptr) return {};
  if (path->scope == Scope::Self) return "missing field " + in_quotes(printed(*path));
  const Operand* argument = frame == nullptr ? nullptr : frame->argument(path->keys.front());
  bool of_caller = argument != nullptr && evaluation_.resolve(*argument, frame->caller) == nullptr;
  if (of_caller) return missing(*argument, frame->caller);
  return "missing fact " + in_quotes(printed(*path));
}

std::string Explainer::note_on(const Operand& operand, const Frame* frame) {
  const Json* value = evaluation_.resolve(operand, frame);
  if (value == nullptr) return missing(operand, frame);
  if (std::holds_alternative<Literal>(operand)) return "it is always 0";
  return printed(operand) + " is " + shown(*value);
}

std::string Explainer::note(const Rank& rank, const Frame* frame) {
  const Json* value = evaluation_.resolve(rank.score, frame);
  if (value == nullptr || value->is_number()) return note_on(rank.score, frame);
  return "type mismatch: " + in_quotes(printed(rank.score)) + " is " +
         std::string(type_of(*value)) + ", not a number";
}

// The operand, as the subject or object of a type mismatch: paths in quotes, literals as they
// stand.
std::string named(const Operand& operand) {
  if (std::holds_alternative<Path>(operand)) return in_quotes(printed(operand));
  return shown(std::get<Literal>(operand).value);
}

std::string Explainer::note(const Comparison& comparison, const Frame* frame) {
  const Json* left = evaluation_.resolve(comparison.left, frame);
  const Json* right = evaluation_.resolve(comparison.right, frame);
  if (left == nullptr) return missing(comparison.left, frame);
  if (right == nullptr) return missing(comparison.right, frame);
  if (!comparable(comparison.op, *left, *right)) {
    return "type mismatch: " + named(comparison.left) + " is " + std::string(type_of(*left)) +
           ", " + named(comparison.right) + ' ' + std::string(type_of(*right));
  }
  std::string note;
  for (const Operand* side : {&comparison.left, &comparison.right}) {
    if (std::holds_alternative<Literal>(*side)) continue;
    note += (note.empty() ? "" : ", ") + note_on(*side, frame);
  }
  return note.empty() ? "it is always 0" : note;
}

}  // namespace

Trace Predicate::explain(const Context& context, const Json& self,
                         const PredicateSet& named) const {
  return Explainer(context, self, named).trace(*this, nullptr);
}

}  // namespace reg
