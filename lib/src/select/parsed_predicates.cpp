#include <select/parsed_predicates.h>

namespace reg {

void fail_at(const Symbol& symbol, const RegistryError& error, std::string excerpt) {
  std::string message = "the predicate of " + symbol.target + ": " + error.what();
  throw InputError(
      {{Severity::Error, symbol.source, std::move(message), error.hint(), std::move(excerpt)}});
}

const Predicate& ParsedPredicates::of(const Symbol& symbol, const std::string& text) {
  auto found = parsed_.find(text);
  if (found != parsed_.end()) return found->second;
  try {
    return parsed_.emplace(text, Predicate::parse(text)).first->second;
  } catch (const PredicateError& error) {
    fail_at(symbol, error, error.excerpt());
  }
}

}  // namespace reg
