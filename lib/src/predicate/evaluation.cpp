#include <predicate/evaluation.h>
#include <predicate/value.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace reg::ast {
namespace {

double as_score(bool holds) { return holds ? 1 : 0; }

}  // namespace

namespace {

// In a handful of members, as contexts have, most keys differ in their length already: comparing
// all is faster than searching.
const Json* member(const Json::object_t& object, const std::string& key) {
  constexpr std::size_t handful = 8;
  if (object.size() > handful) {
    auto found = object.find(key);
    return found == object.end() ? nullptr : &found->second;
  }
  for (const auto& [name, value] : object) {
    if (name == key) return &value;
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

const Operand* Frame::argument(const std::string& key) const {
  auto param = std::find(definition.params.begin(), definition.params.end(), key);
  if (param == definition.params.end()) return nullptr;
  return &call.arguments[static_cast<std::size_t>(param - definition.params.begin())];
}

void Evaluation::step(std::size_t steps) {
  steps_ += steps;
  if (steps_ > max_steps) {
    throw InputError(
        "the predicate takes more than " + std::to_string(max_steps) + " steps to evaluate",
        "named predicates that call others several times each grow fast");
  }
}

Level Evaluation::enter() {
  if (levels_ == max_levels) {
    throw InputError("the predicate and the named ones in it nest deeper than " +
                     std::to_string(max_levels) + " levels");
  }
  return Level(levels_);
}

Level Evaluation::enter_call() {
  if (calls_ == max_calls) {
    throw InputError(
        "named predicates call each other more than " + std::to_string(max_calls) + " deep",
        "is there one that calls itself?");
  }
  return Level(calls_);
}

const Json* Evaluation::resolve(const Path& path, const Frame* frame) {
  if (path.scope == Scope::Self) return descend(&self_, path.keys);
  if (frame == nullptr) return facts_.find(path.keys);
  step(frame->definition.params.size());
  const Operand* argument = frame->argument(path.keys.front());
  if (argument == nullptr) return facts_.find(path.keys);
  return descend(resolve(*argument, frame->caller), std::span(path.keys).subspan(1));
}

const Json* Evaluation::resolve(const Operand& operand, const Frame* frame) {
  if (const auto* literal = std::get_if<Literal>(&operand)) return &literal->value;
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
                    predicate.root().part);
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
  const Json* value = resolve(bare.operand, frame);
  return as_score(value != nullptr && is_true(*value));
}

double Evaluation::part(const Comparison& comparison, const Frame* frame) {
  return as_score(
      holds(comparison.op, resolve(comparison.left, frame), resolve(comparison.right, frame)));
}

double Evaluation::part(const Presence& presence, const Frame* frame) {
  return as_score(resolve(presence.path, frame) != nullptr);
}

double Evaluation::part(const Rank& rank, const Frame* frame) {
  const Json* value = resolve(rank.score, frame);
  return value != nullptr && value->is_number() ? finite(value->get<double>()) : 0;
}

double Evaluation::part(const Call& call, const Frame* frame) {
  const PredicateDefinition& definition = this->definition(call);
  if (definition.is_fact()) return test_of_fact(call, frame);
  Level level = enter();
  Level call_level = enter_call();
  Frame inner{call, definition, frame};
  return score(*definition.expr, &inner);
}

double Evaluation::test_of_fact(const Call& call, const Frame* frame) {
  const Json* value = facts_.find({&call.name, 1});
  if (value == nullptr) return 0;
  if (call.arguments.empty()) return as_score(is_true(*value));
  return as_score(
      std::any_of(call.arguments.begin(), call.arguments.end(), [&](const Operand& argument) {
        const Json* wanted = resolve(argument, frame);
        return wanted != nullptr && (equal(*wanted, *value) ||
                                     (value->is_array() && holds(Operator::In, wanted, value)));
      }));
}

double Evaluation::part(const Callable& callable, const Frame*) {
  return finite((*callable.function)(self_, facts_.context));
}

}  // namespace reg::ast

namespace reg {

double Predicate::score(const Context& context, const Json& self, const PredicateSet& named) const {
  return ast::Evaluation({context}, self, named).score(*this, nullptr);
}

double Predicate::score(const Context& context, const Json& self) const {
  static const PredicateSet none;
  return score(context, self, none);
}

}  // namespace reg
