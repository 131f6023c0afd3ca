#include <predicate/node.h>
#include <predicate/print.h>
#include <cmath>
#include <set>

namespace reg {

using namespace ast;

Predicate Predicate::from_function(std::string name, Function function) {
  return make(Callable{std::move(name), std::make_shared<const Function>(std::move(function))});
}

Predicate Predicate::yes(double score) {
  if (!std::isfinite(score)) throw InputError("yes() takes a finite number");
  constexpr double exact = 0x1p53;
  bool whole = std::trunc(score) == score && std::abs(score) <= exact;
  // A whole number is an integer, as it is in the text yes(3).
  return make(Rank{Literal{whole ? Json(static_cast<std::int64_t>(score)) : Json(score)}});
}

std::string Predicate::to_string() const {
  std::string text;
  print(text, *this);
  return text;
}

std::vector<PredicateCall> Predicate::calls() const {
  std::vector<PredicateCall> found;
  walk(*this, [&found](const Predicate& part) {
    if (const auto* call = std::get_if<Call>(&top_of(part))) {
      found.push_back({call->name, call->arguments.size(), call->offset});
    }
    return true;
  });
  return found;
}

std::vector<std::string> Predicate::facts() const {
  std::set<std::string> found;
  each_path(*this, [&found](const Path& path) {
    if (path.scope == Scope::Context) found.insert(printed(path));
  });
  return {found.begin(), found.end()};
}

bool Predicate::has_function() const {
  return !walk(
      *this, [](const Predicate& part) { return !std::holds_alternative<Callable>(top_of(part)); });
}

PredicateKind Predicate::kind() const {
  const Part& part = top_of(*this);
  if (std::holds_alternative<Conjunction>(part)) return PredicateKind::And;
  if (std::holds_alternative<Disjunction>(part)) return PredicateKind::Or;
  return std::holds_alternative<Negation>(part) ? PredicateKind::Not : PredicateKind::Atom;
}

std::vector<Predicate> Predicate::selectors() const {
  std::span<const Predicate> parts = parts_of(*this);
  if (parts.size() < 2) return {*this};
  return {parts.begin(), parts.end()};
}

std::optional<Predicate> Predicate::search_selector(
    const std::function<bool(const Predicate&)>& wanted) const {
  std::optional<Predicate> found;
  walk_inside_out(*this, [&](const Predicate& part) {
    if (wanted(part)) found = part;
    return !found.has_value();
  });
  return found;
}

Predicate operator&(const Predicate& a, const Predicate& b) { return join<Conjunction>({a, b}); }

Predicate operator|(const Predicate& a, const Predicate& b) { return join<Disjunction>({a, b}); }

Predicate operator~(const Predicate& a) { return make(Negation{a}); }

bool operator==(const Predicate& a, const Predicate& b) {
  return a.root_ == b.root_ || a.root_->part == b.root_->part;
}

}  // namespace reg
