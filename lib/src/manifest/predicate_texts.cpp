#include <manifest/locate.h>
#include <manifest/predicate_texts.h>

namespace reg {

std::optional<Predicate> PredicateTexts::parse(const Element& value) {
  try {
    return Predicate::parse(*value.node.as<std::string_view>());
  } catch (const PredicateError& error) {
    const Position at =
        position_in_string(text_, value.node.at, error.offset()).value_or(value.node.at);
    problems_.add(value, at, {error.what(), error.hint(), excerpt_at(text_, at)});
    return std::nullopt;
  }
}

const KnownPredicate* PredicateTexts::known(const Element& value) {
  const std::string_view text = *value.node.as<std::string_view>();
  if (auto known = known_.find(text); known != known_.end()) return &known->second;
  const std::optional<Predicate> predicate = parse(value);
  if (!predicate) return nullptr;
  record_uses(*predicate, value);
  KnownPredicate known{predicate->to_string(), predicate->facts(), {}};
  for (PredicateCall& call : predicate->calls()) known.calls.push_back(std::move(call.name));
  return &known_.emplace(text, std::move(known)).first->second;
}

void PredicateTexts::record_uses(const Predicate& predicate, const Element& value) {
  for (PredicateCall& call : predicate.calls()) {
    if (!seen_calls_.emplace(call.name, call.arguments).second) continue;
    uses_.push_back(
        {std::move(call), std::string(*value.node.as<std::string_view>()), value.node.at});
  }
}

bool PredicateTexts::trim() {
  constexpr std::size_t most = 10'000;
  if (known_.size() <= most) return false;
  known_.clear();
  return true;
}

}  // namespace reg
