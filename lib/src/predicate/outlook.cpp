#include <predicate/evaluation.h>
#include <predicate/outlook.h>
#include <predicate/value.h>
#include <algorithm>
#include <limits>

namespace reg::ast {
namespace {

constexpr double any_score = std::numeric_limits<double>::max();
constexpr std::size_t max_parts = 10'000;

// What an operand stands for where only the candidate is known.
struct Known {
  bool is_fact = false;
  std::vector<std::string> fact;  // the path's keys, if it is one
  const Json* value = nullptr;    // else its value; null: the candidate's info has no such field
};

class Observer {
 public:
  Observer(const Json& self, const PredicateSet& named) : self_(self), named_(named) {}

  Outlook of(const Predicate& predicate, const Frame* frame);
  bool gave_up() const { return parts_ > max_parts; }

 private:
  Outlook part(const Conjunction& all, const Frame* frame);
  Outlook part(const Disjunction& any, const Frame* frame);
  Outlook part(const Negation&, const Frame*) { return {{}, 1}; }
  Outlook part(const Bare&, const Frame*) { return {{}, 1}; }
  Outlook part(const Comparison& comparison, const Frame* frame);
  Outlook part(const Presence&, const Frame*) { return {{}, 1}; }
  Outlook part(const Rank& rank, const Frame* frame);
  Outlook part(const Call& call, const Frame* frame);
  Outlook part(const Callable&, const Frame*) { return {{}, any_score}; }

  bool is_test_of_fact(const Part& part) const;
  Known known(const Operand& operand, const Frame* frame) const;
  Known known(const Path& path, const Frame* frame) const;

  const Json& self_;
  const PredicateSet& named_;
  std::size_t parts_ = 0;
};

Known Observer::known(const Path& path, const Frame* frame) const {
  if (path.scope == Scope::Self) return {false, {}, descend(&self_, path.keys)};
  const Operand* argument = frame == nullptr ? nullptr : frame->argument(path.keys.front());
  if (argument == nullptr) return {true, path.keys, nullptr};
  Known whole = known(*argument, frame->caller);
  auto rest = std::span(path.keys).subspan(1);
  if (whole.is_fact)
    whole.fact.insert(whole.fact.end(), rest.begin(), rest.end());
  else
    whole.value = descend(whole.value, rest);
  return whole;
}

Known Observer::known(const Operand& operand, const Frame* frame) const {
  if (const auto* literal = std::get_if<Literal>(&operand)) return {false, {}, &literal->value};
  return known(std::get<Path>(operand), frame);
}

// The requirement that a fact meets one of these values; nothing if one of them cannot be
// required.
std::optional<Requirement> requirement(std::vector<std::string> fact, Match match,
                                       std::vector<Json> values) {
  if (!std::all_of(values.begin(), values.end(), is_requirable)) return std::nullopt;
  return Requirement{std::move(fact), match, std::move(values), nullptr};
}

std::optional<Requirement> required_by(Operator op, Known left, Known right) {
  if (op == Operator::Equal) {
    if (!left.is_fact) std::swap(left, right);
    if (!left.is_fact || right.is_fact) return std::nullopt;
    std::vector<Json> values;
    if (right.value != nullptr) values.push_back(*right.value);
    return requirement(std::move(left.fact), Match::Equal, std::move(values));
  }
  if (op != Operator::In || left.is_fact == right.is_fact) return std::nullopt;
  if (left.is_fact) {
    if (right.value == nullptr) return requirement(std::move(left.fact), Match::Equal, {});
    if (!right.value->is_array()) return std::nullopt;
    return requirement(std::move(left.fact), Match::Equal,
                       {right.value->begin(), right.value->end()});
  }
  std::vector<Json> values;
  if (left.value != nullptr) values.push_back(*left.value);
  return requirement(std::move(right.fact), Match::Within, std::move(values));
}

// What any of the alternatives requires: the values of them all, for a fact that each requires to
// meet some.
void require_either(std::vector<Requirement>& requirements, const std::vector<Requirement>& other) {
  std::erase_if(requirements, [&other](Requirement& one) {
    auto same = std::find_if(other.begin(), other.end(), [&one](const Requirement& another) {
      return another.fact == one.fact && another.match == one.match;
    });
    if (same == other.end()) return true;
    one.part = nullptr;
    one.values.insert(one.values.end(), same->values.begin(), same->values.end());
    return false;
  });
}

bool Observer::is_test_of_fact(const Part& part) const {
  const auto* call = std::get_if<Call>(&part);
  return call != nullptr && named_.find(call->name)->is_fact();
}

Outlook Observer::of(const Predicate& predicate, const Frame* frame) {
  if (++parts_ > max_parts) return {{}, any_score};
  const Part& kind = predicate.root().part;
  Outlook outlook = std::visit([this, frame](const auto& one) { return part(one, frame); }, kind);
  bool is_requirement = outlook.requirements.size() == 1 &&
                        (std::holds_alternative<Comparison>(kind) || is_test_of_fact(kind)) &&
                        frame == nullptr;
  if (is_requirement) outlook.requirements.front().part = &predicate;
  return outlook;
}

// The scores are added in the order of the evaluation: whatever is rounded, no score is greater
// than this sum.
Outlook Observer::part(const Conjunction& all, const Frame* frame) {
  Outlook outlook;
  for (const Predicate& predicate : all.parts) {
    Outlook one = of(predicate, frame);
    outlook.best += one.best;
    std::move(one.requirements.begin(), one.requirements.end(),
              std::back_inserter(outlook.requirements));
  }
  outlook.best = std::max(finite(outlook.best), 0.0);
  return outlook;
}

Outlook Observer::part(const Disjunction& any, const Frame* frame) {
  Outlook outlook = of(any.parts.front(), frame);
  outlook.best = std::max(outlook.best, 0.0);
  for (const Predicate& predicate : std::span(any.parts).subspan(1)) {
    Outlook one = of(predicate, frame);
    outlook.best = std::max(outlook.best, one.best);
    require_either(outlook.requirements, one.requirements);
  }
  return outlook;
}

Outlook Observer::part(const Comparison& comparison, const Frame* frame) {
  Outlook outlook{{}, 1};
  if (auto required = required_by(comparison.op, known(comparison.left, frame),
                                  known(comparison.right, frame))) {
    outlook.requirements.push_back(std::move(*required));
  }
  return outlook;
}

Outlook Observer::part(const Rank& rank, const Frame* frame) {
  Known score = known(rank.score, frame);
  if (score.is_fact) return {{}, any_score};
  bool number = score.value != nullptr && score.value->is_number();
  return {{}, number ? finite(score.value->get<double>()) : 0};
}

Outlook Observer::part(const Call& call, const Frame* frame) {
  const PredicateDefinition& definition = *named_.find(call.name);
  if (!definition.is_fact()) {
    Frame inner{call, definition, frame};
    return of(*definition.expr, &inner);
  }
  Outlook outlook{{}, 1};
  if (call.arguments.empty()) return outlook;
  std::vector<Json> values;
  for (const Operand& argument : call.arguments) {
    Known wanted = known(argument, frame);
    if (wanted.is_fact) return outlook;
    if (wanted.value != nullptr) values.push_back(*wanted.value);
  }
  if (auto required = requirement({call.name}, Match::EqualOrElement, std::move(values))) {
    outlook.requirements.push_back(std::move(*required));
  }
  return outlook;
}

}  // namespace

bool is_requirable(const Json& value) {
  return value.is_string() || value.is_boolean() || value.is_number();
}

Outlook outlook(const Predicate& predicate, const Json& self, const PredicateSet& named) {
  Observer observer(self, named);
  Outlook outlook = observer.of(predicate, nullptr);
  if (observer.gave_up()) return {{}, any_score};
  return outlook;
}

}  // namespace reg::ast
