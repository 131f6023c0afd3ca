#include <reg/selection.h>
#include <select/parsed_predicates.h>

namespace reg {

void fail_at(const Symbol& symbol, const RegistryError& error, std::string excerpt) {
  std::string whose = name_of_implementation(symbol);
  if (!origin_of(symbol).empty()) whose += " (" + symbol.declared.to_string() + ')';
  std::string message = "the predicate of " + whose + ": " + error.what();
  throw InputError(
      {{Severity::Error, symbol.source, std::move(message), error.hint(), std::move(excerpt)}});
}

ParsedPredicates::Parsed ParsedPredicates::of(const std::string& text) {
  const auto found = parsed_.find(text);
  if (found != parsed_.end()) return {found->second, false};
  return {parsed_.emplace(text, Predicate::parse(text)).first->second, true};
}

const Predicate& ParsedPredicates::of(const Symbol& symbol, const std::string& text) {
  try {
    return of(text).predicate;
  } catch (const PredicateError& error) {
    fail_at(symbol, error, error.excerpt());
  }
}

}  // namespace reg
