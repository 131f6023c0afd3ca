// Explanations: the evaluation of a predicate, part by part, with a note at every part that is 0.

#include <predicate/evaluation.h>
#include <predicate/print.h>
#include <predicate/version_reading.h>
#include <reg/text.h>
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
  return shortened(printed(value), longest);
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
      return is_version(value) ? "a version" : "a number";
    default:
      return "a number";
  }
}

class Explainer {
 public:
  Explainer(const Context& context, const Json& self, const PredicateSet& named,
            const Versions& versions)
      : evaluation_({context}, self, named, VersionPaths(versions)) {}

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
  std::string note_on_both(const Comparison& comparison, const Frame* frame);
  std::string note_on_test(const Call& call, All all, const Frame* frame);
  std::string note_on_arguments(const Call& call, All all, const Value& fact, const Frame* frame);
  std::string note_on_argument(const Operand& argument, const Value& fact, const Frame* frame);
  // Empty: it is there.
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
  const Part& part = top_of(predicate);
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
    trace.score = evaluation_.test_of_fact(call, all_of(definition), frame);
    if (trace.score == 0.0) trace.note = note_on_test(call, all_of(definition), frame);
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

// `missing fact "sm"`, where a parameter is named by the argument that it stands for. A field that
// is null counts as missing.
std::string Explainer::missing(const Operand& operand, const Frame* frame) {
  const auto* path = std::get_if<Path>(&operand);
  Value value = evaluation_.resolve(operand, frame);
  bool is_field = value.is_field();
  bool is_there = value.json != nullptr && !(is_field && value.json->is_null());
  if (path == nullptr || is_there) return {};
  if (const Operand* argument = argument_of(*path, frame)) {
    if (std::string of_caller = missing(*argument, frame->caller); !of_caller.empty())
      return of_caller;
  }
  return (is_field ? "missing field " : "missing fact ") + in_quotes(printed(*path));
}

std::string Explainer::note_on(const Operand& operand, const Frame* frame) {
  if (std::string note = missing(operand, frame); !note.empty()) return note;
  if (std::holds_alternative<Literal>(operand)) return "it is always 0";
  return printed(operand) + " is " + shown(*evaluation_.resolve(operand, frame).json);
}

std::string Explainer::note(const Rank& rank, const Frame* frame) {
  if (std::string note = missing(rank.score, frame); !note.empty()) return note;
  const Json& value = *evaluation_.resolve(rank.score, frame).json;
  if (is_number(value)) return note_on(rank.score, frame);
  return "type mismatch: " + in_quotes(printed(rank.score)) + " is " + std::string(type_of(value)) +
         ", not a number";
}

// The operand, as the subject or object of a type mismatch: paths in quotes, literals as they
// stand.
std::string named(const Operand& operand) {
  if (std::holds_alternative<Path>(operand)) return in_quotes(printed(operand));
  return shown(std::get<Literal>(operand).value);
}

// Why a value cannot be compared as a version; empty: it can.
std::string no_version(const Operand& operand, const Json& value) {
  if (VersionReading(value).valid()) return {};
  std::string subject = std::holds_alternative<Path>(operand) ? named(operand) + " is " : "";
  return "not a version: " + subject + shown(value);
}

bool same_type(const Json& a, const Json& b) {
  return a.type() == b.type() || (is_number(a) && is_number(b));
}

// Whether `op` is defined for two values of these types. `==` is for any two, but two of different
// types can never be equal, whatever the values.
bool comparable(Operator op, const Json& left, const Json& right) {
  switch (op) {
    case Operator::Equal:
    case Operator::NotEqual:
      return left.is_null() || right.is_null() || same_type(left, right);
    case Operator::In:
      return right.is_array() || (left.is_string() && (right.is_string() || right.is_object()));
    case Operator::Glob:
      return left.is_string() && right.is_string();
    default:
      return (is_number(left) && is_number(right)) || (left.is_string() && right.is_string());
  }
}

// Why the operator is not defined for the two values; empty: it is.
std::string mismatch(const Comparison& comparison, const Value& left, const Value& right) {
  Operator op = comparison.op;
  bool ordered = op != Operator::In && op != Operator::Glob;
  bool nulls = left.json->is_null() || right.json->is_null();
  bool as_versions =
      as_of(left, right) == As::Versions || is_version(*left.json) || is_version(*right.json);
  if (ordered && as_versions && !nulls) {
    std::string note = no_version(comparison.left, *left.json);
    return note.empty() ? no_version(comparison.right, *right.json) : note;
  }
  if (comparable(op, *left.json, *right.json)) return {};
  return "type mismatch: " + named(comparison.left) + " is " + std::string(type_of(*left.json)) +
         ", " + named(comparison.right) + ' ' + std::string(type_of(*right.json));
}

std::string Explainer::note_on_both(const Comparison& comparison, const Frame* frame) {
  std::string note;
  for (const Operand* side : {&comparison.left, &comparison.right}) {
    if (std::holds_alternative<Literal>(*side)) continue;
    note += (note.empty() ? "" : ", ") + note_on(*side, frame);
  }
  return note.empty() ? "it is always 0" : note;
}

std::string Explainer::note(const Comparison& comparison, const Frame* frame) {
  Value left = evaluation_.resolve(comparison.left, frame);
  Value right = evaluation_.resolve(comparison.right, frame);
  if (comparison.op == Operator::NotEqual) return note_on_both(comparison, frame);
  for (const Operand* side : {&comparison.left, &comparison.right}) {
    if (std::string note = missing(*side, frame); !note.empty()) return note;
  }
  if (meets_null(left, right))
    return note_on_both(comparison, frame) + ": of two paths, neither may be null";
  std::string note = mismatch(comparison, left, right);
  return note.empty() ? note_on_both(comparison, frame) : note;
}

// An argument of the test of a fact that does not score.
std::string Explainer::note_on_argument(const Operand& argument, const Value& fact,
                                        const Frame* frame) {
  Value value = evaluation_.resolve(argument, frame);
  if (value.json != nullptr && as_of(fact, value) == As::Versions) {
    if (std::string note = no_version(argument, *value.json); !note.empty()) return note;
  }
  return std::holds_alternative<Literal>(argument) ? printed(argument) : note_on(argument, frame);
}

// The arguments that do not score; of those that all must, the first.
std::string Explainer::note_on_arguments(const Call& call, All all, const Value& fact,
                                         const Frame* frame) {
  std::string notes;
  for (const Operand& argument : call.arguments) {
    if (evaluation_.test_of_fact(fact, argument, frame) != 0) continue;
    if (!notes.empty()) notes += ", ";
    notes += note_on_argument(argument, fact, frame);
    if (all == All::Yes) break;
  }
  return notes;
}

std::string Explainer::note_on_test(const Call& call, All all, const Frame* frame) {
  Operand path = Path{Scope::Context, {call.name}};
  Value fact = evaluation_.tested_fact(call.name);
  std::string note = note_on(path, nullptr);
  if (fact.json == nullptr) return note;
  if (fact.json->is_object()) note += ": no grade above 0";
  if (call.arguments.empty()) return note;
  note += fact.json->is_object() ? " for " : ": no match for ";
  return note + note_on_arguments(call, all, fact, frame);
}

}  // namespace

Trace Predicate::explain(const Context& context, const Json& self, const PredicateSet& named,
                         const Versions& versions) const {
  return Explainer(context, self, named, versions).trace(*this, nullptr);
}

Trace Predicate::explain(const Context& context, const Json& self,
                         const PredicateSet& named) const {
  return explain(context, self, named, {});
}

}  // namespace reg
