#include <predicate/evaluation.h>
#include <predicate/origin.h>
#include <predicate/tested_fact.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace reg::ast {
namespace {

double as_score(bool holds) { return holds ? 1 : 0; }

// What a field is that was not given, and what is below it.
const Json& not_given() {
  static const Json null;
  return null;
}

Value field(const Json* json, bool is_version) {
  return {json == nullptr ? &not_given() : json, origin_of_field(is_version)};
}

// Names of one length mostly differ in their last letter, which spares a call.
bool same_name(const std::string& a, const std::string& b) {
  return a.size() == b.size() && (a.empty() || (a.back() == b.back() && a == b));
}

// In a handful of members, as contexts have, comparing all is faster than searching.
const Json* member(const Json::object_t& object, const std::string& key) {
  constexpr std::size_t handful = 8;
  if (object.size() > handful) {
    auto found = object.find(key);
    return found == object.end() ? nullptr : &found->second;
  }
  for (const auto& [name, value] : object) {
    if (same_name(name, key)) return &value;
  }
  return nullptr;
}

}  // namespace

const Json* descend(const Json* value, std::span<const std::string> keys) {
  for (const std::string& key : keys) {
    const auto* object = value == nullptr ? nullptr : value->get_ptr<const Json::object_t*>();
    if (object == nullptr) return nullptr;
    value = member(*object, key);
  }
  return value;
}

const Json* Facts::find(std::span<const std::string> keys) const {
  const Context& holder = base != nullptr && !context.contains(keys.front()) ? *base : context;
  return descend(&holder, keys);
}

double finite(double score) {
  constexpr double greatest = std::numeric_limits<double>::max();
  return std::isnan(score) ? 0 : std::clamp(score, -greatest, greatest);
}

void Evaluation::fail_for_steps() {
  throw InputError(
      "the predicate takes more than " + std::to_string(max_steps) + " steps to evaluate",
      "named predicates that call others several times each grow fast");
}

void Evaluation::fail_for_levels() {
  throw InputError("the predicate and the named ones in it nest deeper than " +
                   std::to_string(max_levels) + " levels");
}

void Evaluation::fail_for_calls() {
  throw InputError(
      "named predicates call each other more than " + std::to_string(max_calls) + " deep",
      "is there one that calls itself?");
}

Value Evaluation::resolve(const Path& path, const Frame* frame) {
  if (frame != nullptr || versions_.any()) return resolve_declared(path, frame);
  if (path.scope == Scope::Self) return field(descend_info(self_, path.keys), false);
  return {facts_.find(path.keys), Value::Origin::Fact};
}

// As above, where the path may begin with a parameter, or be a version.
Value Evaluation::resolve_declared(const Path& path, const Frame* frame) {
  if (path.scope == Scope::Self)
    return field(descend_info(self_, path.keys), versions_.has_field(path.keys));
  if (frame != nullptr) {
    step(frame->definition.params.size());
    if (const Operand* argument = argument_of(path, frame))
      return behind_argument(*argument, path, frame);
  }
  return {facts_.find(path.keys), origin_of_fact(versions_.has_fact(path, frame))};
}

// What a path stands for that begins with a parameter.
Value Evaluation::behind_argument(const Operand& argument, const Path& path, const Frame* frame) {
  Value value = resolve(argument, frame->caller);
  if (path.keys.size() == 1) return value;
  const auto keys = std::span(path.keys).subspan(1);
  if (value.is_field())
    return field(descend_argument(self_, value.json, argument, frame->caller, keys), false);
  const Json* below = descend(value.json, keys);
  if (!value.is_path()) return {below};
  return {below, origin_of_fact(versions_.has_fact(path, frame))};
}

Value Evaluation::resolve(const Operand& operand, const Frame* frame) {
  if (const auto* literal = std::get_if<Literal>(&operand)) return {&literal->value};
  return resolve(std::get<Path>(operand), frame);
}

const PredicateDefinition& Evaluation::definition(const Call& call) const {
  const PredicateDefinition* definition = named_.find(call.name);
  if (definition == nullptr ||
      (!definition->is_fact() && definition->params.size() != call.arguments.size())) {
    auto problem = named_.problem({call.name, call.arguments.size(), call.offset});
    throw InputError(problem->message, problem->hint);
  }
  return *definition;
}

double Evaluation::score(const Predicate& predicate, const Frame* frame) {
  if (&predicate == met_) return 1;
  step();
  return std::visit([this, frame](const auto& kind) { return part(kind, frame); },
                    top_of(predicate));
}

double Evaluation::part(const Conjunction& all, const Frame* frame) {
  Level level = enter();
  double sum = 0;
  for (const Predicate& predicate : all.parts) {
    double one = score(predicate, frame);
    if (one == 0) return 0;
    sum += one;
  }
  return finite(sum);
}

double Evaluation::part(const Disjunction& any, const Frame* frame) {
  Level level = enter();
  for (const Predicate& predicate : any.parts) {
    if (double one = score(predicate, frame); one != 0) return one;
  }
  return 0;
}

double Evaluation::part(const Negation& negation, const Frame* frame) {
  Level level = enter();
  return as_score(score(negation.part, frame) == 0);
}

double Evaluation::part(const Bare& bare, const Frame* frame) {
  const Json* value = resolve(bare.operand, frame).json;
  return as_score(value != nullptr && is_true(*value));
}

double Evaluation::part(const Comparison& comparison, const Frame* frame) {
  return as_score(
      holds(comparison.op, resolve(comparison.left, frame), resolve(comparison.right, frame)));
}

double Evaluation::part(const Presence& presence, const Frame* frame) {
  Value value = resolve(presence.path, frame);
  if (value.is_field()) return as_score(!value.json->is_null());
  return as_score(value.json != nullptr);
}

double Evaluation::part(const Rank& rank, const Frame* frame) {
  const Json* value = resolve(rank.score, frame).json;
  return value != nullptr && is_number(*value) ? finite(number_in(*value)) : 0;
}

double Evaluation::part(const Call& call, const Frame* frame) {
  const PredicateDefinition& definition = this->definition(call);
  if (definition.is_fact()) return test_of_fact(call, all_of(definition), frame);
  Level level = enter();
  Level call_level = enter_call();
  Frame inner{call, definition, frame};
  return score(*definition.expr, &inner);
}

Value Evaluation::tested_fact(const std::string& name) const {
  return {facts_.find({&name, 1}), origin_of_fact(versions_.has_fact(name))};
}

double Evaluation::test_of_fact(Value fact, const Operand& argument, const Frame* frame) {
  return reg::ast::test_of_fact(fact, resolve(argument, frame));
}

double Evaluation::test_of_fact(const Call& call, All all, const Frame* frame) {
  return reg::ast::test_of_fact(
      tested_fact(call.name), call.arguments.size(), all,
      [&](std::size_t index) { return resolve(call.arguments[index], frame); });
}

double Evaluation::part(const Callable& callable, const Frame*) {
  const Predicate::Function& function = *callable.function;
  if (keeps_text(facts_.context)) return finite(function(self_, plain_numbers(facts_.context)));
  return finite(function(self_, facts_.context));
}

}  // namespace reg::ast

namespace reg {

double Predicate::score(const Context& context, const Json& self, const PredicateSet& named,
                        const Versions& versions) const {
  return ast::Evaluation({context}, self, named, ast::VersionPaths(versions)).score(*this, nullptr);
}

double Predicate::score(const Context& context, const Json& self, const PredicateSet& named) const {
  return ast::Evaluation({context}, self, named, {}).score(*this, nullptr);
}

double Predicate::score(const Context& context, const Json& self) const {
  static const PredicateSet none;
  return score(context, self, none);
}

}  // namespace reg
