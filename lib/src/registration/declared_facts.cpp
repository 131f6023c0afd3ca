#include <predicate/path_text.h>
#include <predicate/version_reading.h>
#include <reg/facts.h>
#include <reg/text.h>
#include <registration/declared_facts.h>
#include <text/json_text.h>
#include <text/some_of.h>
#include <algorithm>
#include <span>

namespace reg {
namespace {

bool is_number_for_version(const Fact& fact, const Json* value) {
  return fact.type == FieldType::Version && value != nullptr && ast::is_number(*value);
}

bool equals(const Fact& fact, const Json& a, const Json& b) {
  return fact.type == FieldType::Version ? ast::equal_versions(a, b) : ast::equal(a, b);
}

bool has_type(const Fact& fact, const Json& value) {
  if (is_number_for_version(fact, &value)) return ast::VersionReading(value).valid();
  return holds(fact.type, value);
}

constexpr std::size_t longest_shown = 60;

// How many of the names lead to something that is no object, so that nothing can be in it. 0: none;
// null is as good as nothing.
std::size_t names_to_no_object(const ast::Facts& facts, std::span<const std::string> names) {
  for (std::size_t count = 1; count < names.size(); ++count) {
    const Json* around = facts.find(names.first(count));
    if (around == nullptr || around->is_null()) return 0;
    if (!around->is_object()) return count;
  }
  return 0;
}

}  // namespace

bool may_be(const Fact& fact, const Json& value) {
  if (value.is_null()) return true;
  if (!has_type(fact, value)) return false;
  return fact.values.empty() ||
         std::any_of(fact.values.begin(), fact.values.end(),
                     [&](const Json& allowed) { return equals(fact, allowed, value); });
}

std::string wrong_fact(const std::string& registry, const Fact& fact, const Json& value) {
  const std::string subject = "the fact \"" + fact.path + "\" of the registry \"" + registry + '"';
  const std::string given = shortened(to_text(value), longest_shown);
  if (has_type(fact, value)) return subject + " cannot be " + given;
  return subject + " is " + to_string(fact.type) + ", but " + given + " is given";
}

std::string allowed_values(const Fact& fact, const Json& value) {
  if (fact.values.empty()) return {};
  std::vector<std::string> texts;
  for (const Json& allowed : fact.values)
    texts.push_back(allowed.is_string() ? allowed.get<std::string>() : to_text(allowed));
  if (value.is_string()) {
    if (std::string near = did_you_mean(value.get<std::string>(), texts); !near.empty())
      return near;
  }
  std::string hint = "it may be ";
  for (const std::string& text : texts) hint += (&text == &texts.front() ? "" : ", ") + text;
  return hint;
}

DeclaredFacts::DeclaredFacts(const RegistryInfo& registry) : registry_(registry.name) {
  for (const Fact& fact : registry.context) {
    paths_.insert(fact.path);
    Declared one{parse_path(fact.path), fact};
    const bool all_may_be =
        fact.type == FieldType::Any && fact.values.empty() && one.names.size() == 1;
    if (!all_may_be) facts_.push_back(std::move(one));
  }
}

std::vector<WrongFact> DeclaredFacts::problems(const ast::Facts& facts) const {
  std::vector<WrongFact> found;
  for (const Declared& one : facts_) {
    const Json* value = facts.find(one.names);
    if (value == nullptr) {
      add_no_object(facts, one, found);
    } else if (!may_be(one.fact, *value)) {
      found.push_back({one.fact.path, wrong_fact(registry_, one.fact, *value),
                       allowed_values(one.fact, *value)});
    }
  }
  return found;
}

// What is declared itself is held to that.
void DeclaredFacts::add_no_object(const ast::Facts& facts, const Declared& fact,
                                  std::vector<WrongFact>& found) const {
  const std::size_t count = names_to_no_object(facts, fact.names);
  if (count == 0) return;
  const auto names = std::span(fact.names).first(count);
  const std::string path = print_path(names);
  const bool is_said = std::any_of(found.begin(), found.end(),
                                   [&path](const WrongFact& other) { return other.path == path; });
  if (is_said || paths_.contains(path)) return;
  std::vector<std::string> inside;
  for (const Declared& one : facts_) {
    if (ast::lies_in(one.fact.path, path)) inside.push_back(one.fact.path);
  }
  found.push_back({path,
                   "the registry " + in_quotes(registry_) + " has facts in " + in_quotes(path) +
                       ", but " + shortened(to_text(*facts.find(names)), longest_shown) +
                       " is given",
                   "its facts are " + some_of(inside)});
}

void DeclaredFacts::check(const ast::Facts& facts) const {
  std::vector<Diagnostic> diagnostics;
  for (WrongFact& problem : problems(facts)) {
    diagnostics.push_back(
        {Severity::Error, {}, std::move(problem.message), std::move(problem.hint), {}});
  }
  if (!diagnostics.empty()) throw InputError(std::move(diagnostics));
}

bool DeclaredFacts::has_numbers_for_versions(const ast::Facts& facts) const {
  return std::any_of(facts_.begin(), facts_.end(), [&facts](const Declared& one) {
    return is_number_for_version(one.fact, facts.find(one.names));
  });
}

void DeclaredFacts::write_versions(Context& facts) const {
  for (const Declared& one : facts_) {
    // What `descend` finds in `facts` is not const.
    auto* value = const_cast<Json*>(ast::descend(&facts, one.names));
    if (is_number_for_version(one.fact, value)) *value = version_text(*value).value();
  }
}

Versions versions_of(const RegistryInfo& registry) {
  Versions versions;
  for (const Fact& fact : registry.context) {
    if (fact.type == FieldType::Version) versions.facts.push_back(fact.path);
  }
  for (const Field& field : registry.fields) {
    if (field.type == FieldType::Version) versions.fields.push_back(field.name);
  }
  return versions;
}

std::vector<WrongFact> wrong_facts(const RegistryInfo& registry, const Context& facts) {
  return DeclaredFacts(registry).problems({facts});
}

Context facts_for(const RegistryInfo& registry, Context facts) {
  if (registry.context.empty()) return facts;
  const DeclaredFacts declared(registry);
  declared.check({facts});
  declared.write_versions(facts);
  return facts;
}

}  // namespace reg
