#include <manifest/predicate_texts.h>

namespace reg {

std::optional<Predicate> PredicateTexts::parse(const Element& value) {
  try {
    return Predicate::parse(*value.node.as<std::string_view>());
  } catch (const PredicateError& error) {
    problems_.add(value, {error.what(), error.hint(), error.excerpt()});
    return std::nullopt;
  }
}

const std::string* PredicateTexts::canonical(const Element& value) {
  const std::string_view text = *value.node.as<std::string_view>();
  if (auto known = canonical_.find(text); known != canonical_.end()) return &known->second;
  std::optional<Predicate> predicate = parse(value);
  if (!predicate) return nullptr;
  record_uses(*predicate, value);
  return &canonical_.emplace(text, predicate->to_string()).first->second;
}

void PredicateTexts::record_uses(const Predicate& predicate, const Element& value) {
  for (PredicateCall& call : predicate.calls()) {
    if (!seen_calls_.emplace(call.name, call.arguments).second) continue;
    uses_.push_back(
        {std::move(call), std::string(*value.node.as<std::string_view>()), value.node.at});
  }
}

void PredicateTexts::trim() {
  constexpr std::size_t most = 10'000;
  if (canonical_.size() > most) canonical_.clear();
}

}  // namespace reg
