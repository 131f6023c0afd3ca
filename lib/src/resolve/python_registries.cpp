#include <resolve/match.h>
#include <resolve/python_registration.h>
#include <resolve/python_registries.h>
#include <algorithm>
#include <cctype>

namespace reg {
namespace {

std::optional<std::string> text_of(const GivenArgument& given, const ValueFrom& from,
                                   const Program& program, const ProgramPoint& at) {
  if (given.value == nullptr) return from.given;
  const std::optional<Json> value = program.constant(*given.value, at);
  if (!value || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

// A text is one field.
std::vector<std::string> texts_of(const Json& value) {
  std::vector<std::string> texts;
  if (value.is_string()) texts.push_back(value.get<std::string>());
  if (!value.is_array()) return texts;
  for (const Json& each : value)
    if (each.is_string()) texts.push_back(each.get<std::string>());
  return texts;
}

std::string why_not_declared(const PythonRegistry& registry) {
  if (registry.name.empty()) return "the registry's name depends on running the code";
  return "the registry " + registry.name + " is private";
}

}  // namespace

bool Descent::is_one_of(const Meaning& meaning, const std::vector<std::string>& names) const {
  if (is_named(meaning, names)) return true;
  const auto is_derived = [&](const Meaning& each) {
    return each.is(Meaning::Kind::Statement) && each.rest.empty() && derives(each.at, names);
  };
  return is_derived(meaning) ||
         std::any_of(meaning.alternatives.begin(), meaning.alternatives.end(), is_derived);
}

bool Descent::is_named(const Meaning& meaning, const std::vector<std::string>& names) const {
  const std::vector<CodePath> paths = program_.paths_of(meaning);
  return std::any_of(paths.begin(), paths.end(), [&](const CodePath& path) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return is_meant_by(path, name); });
  });
}

// The bases are gone through one by one, since there may be any number of generations.
bool Descent::derives(const ProgramPoint& at, const std::vector<std::string>& names) const {
  std::vector<Heir> open{{at, 0}};
  std::set<ProgramPoint> seen{at};
  for (std::size_t next = 0; next < open.size(); ++next) {
    const auto known = known_.find({&names, open[next].at});
    bool is_found = known != known_.end() && known->second;
    if (known == known_.end()) is_found = look_at_bases(next, names, open, seen);
    if (!is_found) continue;
    for (std::size_t heir = next; known_[{&names, open[heir].at}] = true, heir != 0;)
      heir = open[heir].of;
    return true;
  }
  for (const Heir& each : open) known_[{&names, each.at}] = false;
  return false;
}

// Whether one of its bases is named; those that are not are added.
bool Descent::look_at_bases(std::size_t of, const std::vector<std::string>& names,
                            std::vector<Heir>& open, std::set<ProgramPoint>& seen) const {
  const ProgramPoint at = open[of].at;
  const Statement& made = program_.statement(at);
  if (made.kind != Statement::Kind::Class) return false;
  for (const Argument& base : made.arguments) {
    const std::string_view written = name_of_class(base.value[0]);
    if (!base.keyword.empty() || written.empty()) continue;
    if (!words_.contains(last_part(written))) continue;
    const Meaning meaning = program_.meaning_of(written, at);
    if (is_named(meaning, names)) return true;
    const auto add = [&](const Meaning& each) {
      if (each.is(Meaning::Kind::Statement) && each.rest.empty() && seen.insert(each.at).second)
        open.push_back({each.at, of});
    };
    add(meaning);
    for (const Meaning& each : meaning.alternatives) add(each);
  }
  return false;
}

GivenArgument argument_of(const std::vector<Argument>& arguments, const ValueFrom& from) {
  GivenArgument given;
  for (const ArgumentName& name : from.arguments) {
    std::size_t position = 0;
    bool is_counted = true;
    for (const Argument& each : arguments) {
      if (each.keyword == "**" || each.keyword == "*") {
        given.may_be_spread = true;
        is_counted = is_counted && each.keyword != "*";
      } else if (each.keyword.empty()) {
        if (name.keyword.empty() && is_counted && position == name.position)
          return {each.value.data(), false};
        ++position;
      } else if (each.keyword == name.keyword) {
        return {each.value.data(), false};
      }
    }
  }
  return given;
}

PythonRegistries::PythonRegistries(const ResolveInput& input, const Program& program,
                                   const Words& words, const Descent& descent,
                                   std::vector<Found>& found)
    : input_(input), program_(program), descent_(descent) {
  if (input.fields != nullptr) fields_ = *input.fields;
  for (std::size_t file = 0; file < input.files.size(); ++file) {
    const auto& statements = program.account(file).statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const Statement& each = statements[i];
      if (each.kind != Statement::Kind::Assign && each.kind != Statement::Kind::Call) continue;
      if (each.value.kind != Expression::Kind::Call || each.value.items.empty()) continue;
      const std::string_view callee = name_of_class(each.value.items[0]);
      if (!callee.empty() && words.contains(last_part(callee))) add({file, i}, found);
    }
  }
}

// All scans are asked, since what one registers in may be defined where another one looks.
void PythonRegistries::add(const ProgramPoint& at, std::vector<Found>& found) {
  const Statement& statement = program_.statement(at);
  const Meaning callee = program_.meaning_of(name_of_class(statement.value.items[0]), at);
  const DefinitionFrom* first = nullptr;
  std::set<std::size_t> scans;
  for (std::size_t i = 0; i < input_.scans.size(); ++i)
    for (const Idiom& idiom : input_.scans[i].idioms) {
      if (!idiom.define || idiom.language != Language::Python) continue;
      if (!descent_.is_one_of(callee, idiom.define->calls)) continue;
      scans.insert(i);
      if (first == nullptr) first = &*idiom.define;
    }
  if (first == nullptr) return;
  PythonRegistry registry = read(at, *first, found[at.file]);
  for (const std::size_t scan : scans) found[at.file].scans.insert(&input_.scans[scan]);
  registry.scans = std::move(scans);
  const Position place = statement.value.at;
  Found& own = found[at.file];
  if (registry.name.empty() || registry.is_private()) {
    own.seen.push_back({place, why_not_declared(registry)});
  } else {
    own.registries.push_back({registry.name, registry.fields, {}, place});
    fields_[registry.name].insert(registry.fields.begin(), registry.fields.end());
  }
  if (statement.kind == Statement::Kind::Assign) made_.emplace(at, std::move(registry));
}

PythonRegistry PythonRegistries::read(const ProgramPoint& at, const DefinitionFrom& define,
                                      Found& found) const {
  const std::vector<Argument>& arguments = program_.statement(at).value.arguments;
  PythonRegistry registry;
  const auto name = text_of(argument_of(arguments, define.name), define.name, program_, at);
  const GivenArgument scope_given = argument_of(arguments, define.scope);
  const auto scope = text_of(scope_given, define.scope, program_, at);
  if (name) registry.name = registry_name_of(*name);
  if (!registry.name.empty() && scope && !scope->empty())
    registry.name = registry_name_of(*scope) + '.' + registry.name;
  const GivenArgument fields = argument_of(arguments, define.fields);
  if (fields.value != nullptr) {
    const std::optional<Json> value = program_.constant(*fields.value, at);
    if (value)
      registry.fields = texts_of(*value);
    else
      found.diagnostics.push_back(
          warning_at(fields.value->at, "the registry's fields depend on running the code", {}));
  }
  return registry;
}

const PythonRegistry* PythonRegistries::at(const ProgramPoint& at) const {
  const auto found = made_.find(at);
  return found == made_.end() ? nullptr : &found->second;
}

bool PythonRegistries::has_field(const std::string& registry, const std::string& field) const {
  const auto found = fields_.find(registry);
  return found != fields_.end() && found->second.contains(field);
}

bool PythonRegistries::has_fields(const std::string& registry) const {
  const auto found = fields_.find(registry);
  return found != fields_.end() && !found->second.empty();
}

}  // namespace reg
