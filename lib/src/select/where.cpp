// Conditions of `list --where`, checked against what is declared.

#include <predicate/typing.h>
#include <reg/cache.h>
#include <text/names.h>
#include <algorithm>

namespace reg {
namespace {

void add(std::vector<Fact>& facts, Fact fact) {
  const bool hidden = std::any_of(facts.begin(), facts.end(),
                                  [&](const Fact& other) { return other.path == fact.path; });
  if (!hidden) facts.push_back(std::move(fact));
}

// A registry's own fields; what every symbol has (line_condition.h), where they do not hide it; and
// the fields of the others, which are no slips.
std::vector<Fact> facts_of(const RegistryInfo& registry, const std::vector<RegistryInfo>& all) {
  std::vector<Fact> facts;
  for (const Field& field : registry.fields)
    add(facts, {print_path(std::span(&field.name, 1)), field.type});
  for (const char* name : {"registry", "oid", "target", "doc", "select", "source"})
    add(facts, {name, FieldType::String});
  for (const RegistryInfo& other : all) {
    for (const Field& field : other.fields) add(facts, {print_path(std::span(&field.name, 1))});
  }
  return facts;
}

// The first thing that is wrong for a registry.
std::optional<ast::TypeFinding> first_error(const Predicate& where, const std::vector<Fact>& facts,
                                            const RegistryInfo& registry,
                                            const PredicateSet& named) {
  static const std::vector<Field> no_fields;
  for (ast::TypeFinding& found :
       ast::check_types(where, {registry.name, no_fields, facts, named})) {
    if (found.severity == Severity::Error) return std::move(found);
  }
  return std::nullopt;
}

}  // namespace

Predicate Cache::parse_where(std::string_view text, std::string_view registry) const {
  Predicate where = Predicate::parse(text);
  const PredicateSet named = predicates();
  const std::vector<RegistryInfo> all = registry.empty()
                                            ? registries()
                                            : std::vector{require_registry(registry)};
  std::optional<ast::TypeFinding> first;
  for (const RegistryInfo& one : all) {
    std::optional<ast::TypeFinding> error = first_error(where, facts_of(one, all), one, named);
    if (!error) return where;
    if (!first) first = std::move(error);
  }
  if (first) {
    const std::size_t offset = ast::offset_of(text, first->part).value_or(0);
    throw PredicateError(first->message, std::string(text), offset, first->hint);
  }
  return where;
}

}  // namespace reg
