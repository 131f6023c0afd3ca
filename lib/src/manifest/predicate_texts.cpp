#include <manifest/locate.h>
#include <manifest/predicate_texts.h>
#include <predicate/atoms.h>

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
  KnownPredicate known{predicate->to_string(), predicate->facts(), {}, ast::atoms_of(*predicate)};
  for (PredicateCall& call : predicate->calls()) known.calls.push_back(std::move(call.name));
  return &known_.emplace(text, std::move(known)).first->second;
}

bool PredicateTexts::trim() {
  constexpr std::size_t most = 10'000;
  if (known_.size() <= most) return false;
  known_.clear();
  return true;
}

}  // namespace reg
