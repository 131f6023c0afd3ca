#include <cache/head_lines.h>
#include <select/cached_predicates.h>
#include <text/json_text.h>

namespace reg {

void Definitions::add(const std::vector<PredicateCall>& calls) {
  bool grown = false;
  std::vector<PredicateCall> open = calls;
  while (!open.empty()) {
    std::string name = std::move(open.back().name);
    open.pop_back();
    if (set_.find(name)) continue;
    auto definition = read(name);
    if (!definition) continue;
    if (definition->expr) {
      for (PredicateCall& call : definition->expr->calls()) open.push_back(std::move(call));
    }
    grown = set_.define(name, std::move(*definition)) || grown;
  }
  // One that reaches itself would be scored for ever.
  if (grown && !set_.problems().empty()) file_.broken("its named predicates do not fit together");
}

void Definitions::require(const Predicate& predicate) {
  const std::vector<PredicateCall> calls = predicate.calls();
  add(calls);
  for (const PredicateCall& call : calls) {
    if (auto problem = set_.problem(call)) file_.broken(problem->message);
  }
}

std::optional<PredicateDefinition> Definitions::read(const std::string& name) const {
  auto value = file_.member(file_.predicates(), escaped_text(name));
  if (!value) return std::nullopt;
  try {
    if (auto definition = definition_from(*value)) return definition;
  } catch (const PredicateError&) {
    // Reported below, like any other value that is no definition.
  }
  file_.broken("the predicate " + name + " is not defined as it must be");
}

const Predicate& CachedPredicates::of(const Symbol& symbol) {
  const std::optional<std::string>& text = symbol.select ? symbol.select : fallback_;
  if (!text) return unconditional_;
  try {
    const auto [predicate, is_new] = parsed_.of(*text);
    if (is_new) named_.require(predicate);
    return predicate;
  } catch (const PredicateError& error) {
    file_.broken("the predicate " + *text + " does not parse: " + error.what());
  }
}

}  // namespace reg
