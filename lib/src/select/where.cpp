// Conditions of `list --where`, checked against what is declared.

#include <predicate/node.h>
#include <predicate/origin.h>
#include <predicate/typing.h>
#include <reg/cache.h>
#include <reg/text.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

void add(std::vector<Fact>& facts, Fact fact) {
  const bool hidden = std::any_of(facts.begin(), facts.end(),
                                  [&](const Fact& other) { return other.path == fact.path; });
  if (!hidden) facts.push_back(std::move(fact));
}

std::string path_of(const Field& field) { return print_path(std::span(&field.name, 1)); }

// What is asked for and is a field somewhere: where it is none, that is no slip. Neither is a fact
// of an origin, of which each may publish others.
std::set<std::string> names_in(const Predicate& where, const std::vector<RegistryInfo>& all) {
  std::set<std::string> asked, known;
  ast::each_path(where, [&](const ast::Path& path) {
    asked.insert(path.keys.front());
    if (path.keys.front() == origin_field) known.insert(path.keys.front());
  });
  for (const RegistryInfo& registry : all) {
    for (const Field& field : registry.fields) {
      if (asked.contains(field.name)) known.insert(field.name);
    }
  }
  return known;
}

// A registry's own fields; what every symbol has (line_condition.h), where they do not hide it; and
// these names.
std::vector<Fact> facts_of(const RegistryInfo& registry, const std::set<std::string>& names) {
  std::vector<Fact> facts;
  for (const Field& field : registry.fields) facts.push_back({path_of(field), field.type});
  for (const char* name : {"registry", "oid", "target", "doc", "select", "source"})
    add(facts, {name, FieldType::String});
  for (const std::string& name : names) add(facts, {path_of({name})});
  return facts;
}

// The same for `self`.
std::vector<Field> fields_of(const RegistryInfo& registry, const std::set<std::string>& names) {
  std::vector<Field> fields = registry.fields;
  for (const std::string& name : names) {
    if (registry.field(name) == nullptr) fields.push_back({name});
  }
  return fields;
}

// The first thing that is wrong for a registry.
std::optional<ast::TypeFinding> first_error(const Predicate& where, const RegistryInfo& registry,
                                            const std::set<std::string>& names,
                                            const PredicateSet& named) {
  const std::vector<Fact> facts = facts_of(registry, names);
  const std::vector<Field> fields = fields_of(registry, names);
  for (ast::TypeFinding& found :
       ast::check_types(where, {registry.name, fields, facts, named, ast::Reads::Fields})) {
    if (found.severity == Severity::Error) return std::move(found);
  }
  return std::nullopt;
}

}  // namespace

Predicate Cache::parse_where(std::string_view text, std::string_view registry) const {
  Predicate where = Predicate::parse(text);
  const PredicateSet named = predicates();
  const std::vector<RegistryInfo> all =
      registry.empty() ? registries() : std::vector{require_registry(registry)};
  const std::set<std::string> names = names_in(where, all);
  std::optional<ast::TypeFinding> first;
  for (const RegistryInfo& one : all) {
    std::optional<ast::TypeFinding> error = first_error(where, one, names, named);
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
