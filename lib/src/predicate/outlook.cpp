#include <predicate/evaluation.h>
#include <predicate/known.h>
#include <predicate/outlook.h>
#include <predicate/version_reading.h>
#include <algorithm>
#include <limits>

namespace reg::ast {
namespace {

constexpr double any_score = std::numeric_limits<double>::max();
constexpr Bound unbounded = {any_score, any_score};
constexpr std::size_t max_parts = 10'000;

class Observer {
 public:
  Observer(const Json& self, const PredicateSet& named, VersionPaths versions)
      : operands_(self, versions), named_(named), versions_(versions) {}

  Outlook of(const Predicate& predicate, const Frame* frame);
  bool gave_up() const { return parts_ > max_parts; }

 private:
  Outlook part(const Conjunction& all, const Frame* frame);
  Outlook part(const Disjunction& any, const Frame* frame);
  Outlook part(const Negation&, const Frame*) { return {{}, {1, 1}, {}}; }
  Outlook part(const Bare&, const Frame*) { return {{}, {1, 1}, {}}; }
  Outlook part(const Comparison& comparison, const Frame* frame);
  Outlook part(const Presence&, const Frame*) { return {{}, {1, 1}, {}}; }
  Outlook part(const Rank& rank, const Frame* frame);
  Outlook part(const Call& call, const Frame* frame);
  Outlook part(const Callable&, const Frame*) { return {{}, unbounded, {}}; }

  Outlook test_of_fact(const Call& call, All all, const Frame* frame) const;
  bool is_one_condition(const Part& part) const;

  const KnownOperands operands_;
  const PredicateSet& named_;
  const VersionPaths versions_;
  std::size_t parts_ = 0;
};

// The values of a requirement, as they are found.
class Wanted {
 public:
  explicit Wanted(Match match) : match_(match) {}

  // Adds what the fact has to meet in order to meet this value of the predicate or the candidate:
  // nothing, if no fact does. False: it cannot be looked up.
  [[nodiscard]] bool add(const Value& value, As as) {
    if (value.json == nullptr || (value.is_path() && value.json->is_null())) return true;
    return add(*value.json, as);
  }
  [[nodiscard]] bool add(const Json& value, As as) {
    if (as == As::Versions || is_version(value)) return add_version(value);
    if (!is_requirable(value)) return false;
    values_.push_back(plain_numbers(value));
    return true;
  }
  [[nodiscard]] bool add_elements(const Json& list, As as) {
    return std::all_of(list.begin(), list.end(),
                       [&](const Json& element) { return add(element, as); });
  }

  Requirement of(std::vector<std::string> fact) && {
    return {std::move(fact), match_, std::move(values_), nullptr};
  }

 private:
  bool add_version(const Json& value) {
    if (value.is_null()) return false;  // it equals null
    VersionReading reading(value);
    if (reading.valid()) values_.push_back(make_version(reading.version().normal_form()));
    // As a key of an object, or as part of a text, any text is met.
    return reading.valid() || !value.is_string() || match_ == Match::Equal;
  }

  Match match_;
  std::vector<Json> values_;
};

// What `fact == value`, `fact in value` or `value in fact` requires; nullopt: nothing that can be
// looked up.
std::optional<Requirement> required_by(Operator op, Known left, Known right) {
  if (left.is_fact() == right.is_fact()) return std::nullopt;
  As as = as_of(left.value, right.value);
  if (op == Operator::Equal && right.is_fact()) std::swap(left, right);
  Wanted wanted(left.is_fact() ? Match::Equal : Match::Within);
  bool known = false;
  if (op == Operator::Equal || (op == Operator::In && right.is_fact())) {
    known = wanted.add(left.is_fact() ? right.value : left.value, as);
  } else if (op == Operator::In) {
    const Json* list = right.value.json;
    bool none = list == nullptr || (right.value.is_path() && list->is_null());
    known = none || (list->is_array() && wanted.add_elements(*list, as));
  }
  if (!known) return std::nullopt;
  return std::move(wanted).of(std::move(left.is_fact() ? *left.fact : *right.fact));
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

// Whether this part is 1 or 0, and nothing but one requirement.
bool Observer::is_one_condition(const Part& part) const {
  if (std::holds_alternative<Comparison>(part)) return true;
  const auto* call = std::get_if<Call>(&part);
  if (call == nullptr) return false;
  const PredicateDefinition& definition = *named_.find(call->name);
  return definition.is_fact() && (!definition.all || call->arguments.size() == 1);
}

Outlook Observer::of(const Predicate& predicate, const Frame* frame) {
  if (++parts_ > max_parts) return {{}, unbounded, {}};
  const Part& kind = top_of(predicate);
  Outlook outlook = std::visit([this, frame](const auto& one) { return part(one, frame); }, kind);
  bool alone = outlook.requirements.size() == 1 && frame == nullptr && is_one_condition(kind);
  if (alone) outlook.requirements.front().part = &predicate;
  return outlook;
}

namespace {

template <typename Value>
void append(std::vector<Value>& values, std::vector<Value>&& others) {
  std::move(others.begin(), others.end(), std::back_inserter(values));
}

double at_least_0(double score) { return std::max(finite(score), 0.0); }

}  // namespace

// The scores are added in the order of the evaluation: whatever is rounded, no score is greater
// than this sum.
Outlook Observer::part(const Conjunction& all, const Frame* frame) {
  Outlook outlook;
  Bound& best = outlook.best;
  for (const Predicate& predicate : all.parts) {
    Outlook one = of(predicate, frame);
    best = {best.any + one.best.any, best.ungraded + one.best.ungraded};
    append(outlook.requirements, std::move(one.requirements));
    append(outlook.graded, std::move(one.graded));
  }
  best = {at_least_0(best.any), at_least_0(best.ungraded)};
  return outlook;
}

Outlook Observer::part(const Disjunction& any, const Frame* frame) {
  Outlook outlook = of(any.parts.front(), frame);
  Bound& best = outlook.best;
  best = {at_least_0(best.any), at_least_0(best.ungraded)};
  for (const Predicate& predicate : std::span(any.parts).subspan(1)) {
    Outlook one = of(predicate, frame);
    best = {std::max(best.any, one.best.any), std::max(best.ungraded, one.best.ungraded)};
    require_either(outlook.requirements, one.requirements);
    append(outlook.graded, std::move(one.graded));
  }
  return outlook;
}

Outlook Observer::part(const Comparison& comparison, const Frame* frame) {
  Outlook outlook{{}, {1, 1}, {}};
  if (auto required = required_by(comparison.op, operands_.of(comparison.left, frame),
                                  operands_.of(comparison.right, frame))) {
    outlook.requirements.push_back(std::move(*required));
  }
  return outlook;
}

Outlook Observer::part(const Rank& rank, const Frame* frame) {
  const Known known = operands_.of(rank.score, frame);
  if (known.is_fact()) return {{}, unbounded, {}};
  const Json* value = known.value.json;
  double score = value != nullptr && is_number(*value) ? finite(number_in(*value)) : 0;
  return {{}, {score, score}, {}};
}

Outlook Observer::part(const Call& call, const Frame* frame) {
  const PredicateDefinition& definition = *named_.find(call.name);
  if (definition.is_fact()) return test_of_fact(call, all_of(definition), frame);
  Frame inner{call, definition, frame};
  return of(*definition.expr, &inner);
}

// One requirement for any of the arguments, or one for each if all must score.
Outlook Observer::test_of_fact(const Call& call, All all, const Frame* frame) const {
  if (call.arguments.empty()) return {{}, {1, 1}, {}};
  double most = all == All::Yes ? static_cast<double>(call.arguments.size()) : 1;
  Outlook outlook{{}, {any_score, most}, {call.name}};
  Value fact{nullptr, origin_of_fact(versions_.has_fact(call.name))};
  auto require = [&outlook, &call](Wanted wanted) {
    outlook.requirements.push_back(std::move(wanted).of({call.name}));
  };
  Wanted any(Match::Tested);
  bool all_known = true;
  for (const Operand& argument : call.arguments) {
    const Known value = operands_.of(argument, frame);
    As as = as_of(fact, value.value);
    Wanted one(Match::Tested);
    bool is_known = !value.is_fact() && (all == All::Yes ? one : any).add(value.value, as);
    if (is_known && all == All::Yes) require(std::move(one));
    all_known = all_known && is_known;
  }
  if (all_known && all == All::No) require(std::move(any));
  return outlook;
}

}  // namespace

Outlook outlook(const Predicate& predicate, const Json& self, const PredicateSet& named,
                VersionPaths versions) {
  Observer observer(self, named, versions);
  Outlook outlook = observer.of(predicate, nullptr);
  if (observer.gave_up()) return {{}, unbounded, {}};
  return outlook;
}

}  // namespace reg::ast
