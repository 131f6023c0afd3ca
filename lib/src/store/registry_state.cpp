#include <predicate/facts_read.h>
#include <predicate/typing.h>
#include <reg/text.h>
#include <registration/checks.h>
#include <store/registry_state.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

void require_name(const std::string& problem) {
  if (!problem.empty()) throw InputError(problem);
}

void require_fields(const std::vector<Field>& fields, const std::string& registry) {
  for (auto field = fields.begin(); field != fields.end(); ++field) {
    require_name(field_name_problem(field->name));
    auto same = [&](const Field& other) { return other.name == field->name; };
    if (std::any_of(fields.begin(), field, same)) {
      throw InputError("the registry " + in_quotes(registry) + " declares the field " +
                       in_quotes(field->name) + " twice");
    }
  }
}

// As predicates print it.
std::string canonical_path(const std::string& text) {
  try {
    return print_path(parse_path(text));
  } catch (const PredicateError& error) {
    throw InputError(in_quotes(text) + " cannot name a fact: " + error.what(), error.hint());
  }
}

// A number that is given for a version is its text.
void take_values(Fact& fact, const std::string& registry) {
  for (Json& value : fact.values) {
    const auto text = fact.type == FieldType::Version ? version_text(value) : std::nullopt;
    if (text) value = *text;
    if (!holds(fact.type, value)) {
      throw InputError("the fact " + in_quotes(fact.path) + " of the registry " +
                       in_quotes(registry) + " is " + to_string(fact.type) + ", and cannot be " +
                       to_text(value));
    }
  }
}

void take_facts(std::vector<Fact>& facts, const std::string& registry) {
  for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
    fact->path = canonical_path(fact->path);
    auto same = [&](const Fact& other) { return other.path == fact->path; };
    if (std::any_of(facts.begin(), fact, same)) {
      throw InputError("the registry " + in_quotes(registry) + " declares the fact " +
                       in_quotes(fact->path) + " twice");
    }
    take_values(*fact, registry);
  }
}

}  // namespace

RegistryState::RegistryState(std::string name, RegistryOptions options)
    : select(std::move(options.select)), surroundings(std::make_shared<Surroundings>()) {
  declared.name = std::move(name);
  declared.doc = std::move(options.doc);
  declared.fields = std::move(options.extra_field);
  if (select) declared.select = select->to_string();
  require_name(registry_name_problem(declared.name));
  if (!is_valid_utf8(declared.doc))
    throw InputError("the doc of " + in_quotes(declared.name) + " is not UTF-8");
  require_fields(declared.fields, declared.name);
  declared.context = std::move(options.context);
  take_facts(declared.context, declared.name);
}

RegistryInfo RegistryState::info() const {
  RegistryInfo info = declared;
  info.reads.clear();  // a cache's
  info.symbols = size();
  return info;
}

std::vector<std::string> RegistryState::reads() const {
  FactsRead facts_read(surroundings->predicates);
  FactPaths paths;
  const Predicate* const own = select ? &*select : nullptr;
  if (own != nullptr) facts_read.add(*own, paths);
  for (const std::string& oid : oids()) {
    for (const Held& one : held(oid)) {
      if (one.predicate != nullptr && one.predicate != own) facts_read.add(*one.predicate, paths);
    }
  }
  return {paths.begin(), paths.end()};
}

std::vector<std::string> RegistryState::oids() const {
  std::vector<std::string> names;
  names.reserve(contents.oids().size());
  for (const auto& [oid, content] : contents.oids()) names.push_back(oid);
  return names;
}

std::vector<Held> RegistryState::held(std::string_view oid) const {
  std::vector<Held> all;
  const Contents::Oid* found = contents.find(oid);
  if (found == nullptr) return all;
  all.reserve(found->entries.size());
  for (const EntryPtr& entry : found->entries)
    all.push_back({entry.get(), predicate_of(*entry), &declared});
  return all;
}

std::vector<Held> RegistryState::require_held(std::string_view oid) const {
  std::vector<Held> all = held(oid);
  if (!all.empty()) return all;
  throw ObjectNotFound("there is no " + in_quotes(oid) + " in registry " + in_quotes(declared.name),
                       did_you_mean(oid, oids()));
}

Field RegistryState::require_field(std::string_view name) const {
  const RegistryInfo known = info();
  if (const Field* field = known.field(name)) return *field;
  if (known.fields.empty())
    throw InputError("the registry " + in_quotes(known.name) + " declares no fields");
  std::vector<std::string> names;
  for (const Field& field : known.fields) names.push_back(field.name);
  throw InputError("the registry " + in_quotes(known.name) + " has no field " + in_quotes(name),
                   did_you_mean(name, names));
}

const Predicate* RegistryState::predicate_of(const Entry& entry) const {
  if (entry.implementation.predicate) return &*entry.implementation.predicate;
  return select ? &*select : nullptr;
}

void RegistryState::require_writable() const {
  if (!is_view()) return;
  throw UsageError(in_quotes(declared.name) + " shows what the other registries hold",
                   "make the change in one of those");
}

void RegistryState::adopt(const RegistryState& other) {
  if (declared.fields.empty()) declared.fields = other.declared.fields;
  if (declared.doc.empty()) declared.doc = other.declared.doc;
  if (declared.context.empty()) declared.context = other.declared.context;
  if (select || !other.select) return;
  select = other.select;
  declared.select = other.declared.select;
  contents.make_conditional();
}

void RegistryState::report_other(const RegistryState& other) const {
  const bool other_fields =
      !other.declared.fields.empty() && other.declared.fields != declared.fields;
  const bool other_context =
      !other.declared.context.empty() && other.declared.context != declared.context;
  const bool other_select = other.select && other.select != select;
  if (!other_fields && !other_context && !other_select) return;
  surroundings->warn({}, "the registry " + in_quotes(declared.name) +
                             " exists already with another " +
                             (other_fields    ? "extra_field"
                              : other_context ? "context"
                                              : "select") +
                             ": the new one is ignored");
}

void RegistryState::check_select(Findings& findings) const {
  if (!select) return;
  const std::vector<PredicateCall> calls = select->calls();
  const PredicateSet& named = surroundings->predicates;
  for (const ast::TypeFinding& found : check_against(*select, declared, named)) {
    const bool is_call = found.part.kind == ast::PartNumber::Kind::Call;
    if (is_call && named.find(calls.at(found.part.number).name) == nullptr) continue;
    findings.add(found, {}, whose_select(), declared.name);
  }
}

void RegistryState::check_select_for(const Symbol& symbol, Findings& findings) const {
  if (!select) return;
  for (const ast::TypeFinding& found : check_against(*select, declared, surroundings->predicates)) {
    if (found.severity == Severity::Error)
      findings.add(found, symbol.source, whose_select(), declared.name);
  }
}

std::string RegistryState::whose_select() const {
  return "the predicate " + select->to_string() + " of the registry " + in_quotes(declared.name);
}

Taken RegistryState::take_in(const Intake& intake) {
  std::vector<Diagnostic> problems;
  RegistryChange change = change_of(declared.name, contents, intake, problems);
  fail_if_any(std::move(problems));
  Taken taken{change.arrived, !change.oids.empty()};
  apply(change);
  if (intake.context) declared.context = *intake.context;
  surroundings->warn(change.warnings);
  surroundings->warn(intake.warnings);
  return taken;
}

void RegistryState::apply(RegistryChange& change) { contents.apply(std::move(change.oids)); }

void fail_if_any(std::vector<Diagnostic> problems) {
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace reg
