#include <resolve/program.h>
#include <algorithm>
#include <iterator>

namespace reg {
namespace {

const Account no_account;

std::string_view take_part(std::string_view& name) {
  const std::size_t dot = name.find('.');
  const std::string_view part = name.substr(0, dot);
  name = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  return part;
}

bool makes_scope(const Statement& statement) {
  return statement.kind == Statement::Kind::Class || statement.kind == Statement::Kind::Function;
}

}  // namespace

Program::Program(std::span<const CodeFile> files, std::span<const Scan> scans)
    : files_(files), modules_(files, scans), bindings_(files.size()), members_(files.size()) {}

const Account& Program::account(std::size_t file) const {
  const CodeFile& code = files_[file];
  return code.account == nullptr || code.language != Language::Python ? no_account : *code.account;
}

const Statement& Program::statement(const ProgramPoint& at) const {
  return account(at.file).statements[at.statement];
}

const std::string& Program::module_name(std::size_t file) const { return modules_.name(file); }

std::optional<std::size_t> Program::module(std::string_view name, std::size_t from) const {
  return modules_.find(name, from);
}

std::optional<std::size_t> Program::module_named(std::string_view name) const {
  std::optional<std::size_t> first;
  for (std::size_t file = 0; file < files_.size(); ++file) {
    if (files_[file].language != Language::Python) continue;
    if (!name.empty() && module_name(file) == name) return file;
    if (!first) first = file;
  }
  return first ? modules_.find(name, *first) : std::nullopt;
}

const Bindings& Program::bindings(std::size_t file) const {
  if (!bindings_[file]) bindings_[file].emplace(account(file));
  return *bindings_[file];
}

std::string Program::name_in_module(const ProgramPoint& at) const {
  const Account& own = account(at.file);
  const Statement& statement = own.statements[at.statement];
  std::string path = statement.name;
  for (std::uint32_t scope = statement.scope; scope != 0; scope = own.scopes[scope].parent) {
    const Scope& around = own.scopes[scope];
    path.insert(
        0, around.kind == Scope::Kind::Function ? around.name + ".<locals>." : around.name + '.');
  }
  return path;
}

std::string Program::dotted_path(const ProgramPoint& at) const {
  const std::string& module = module_name(at.file);
  return module.empty() ? name_in_module(at) : module + '.' + name_in_module(at);
}

Meaning Program::meaning_of(std::string_view name, const ProgramPoint& at) const {
  const std::string_view first = take_part(name);
  Meaning meaning;
  if ((first == "self" || first == "cls") && !name.empty()) {
    const std::string_view attribute = take_part(name);
    if (auto own = of_self(attribute, at)) meaning = std::move(*own);
  } else {
    meaning = first_meaning(first, at);
  }
  while (!name.empty()) meaning = attribute_of(std::move(meaning), take_part(name));
  return meaning;
}

// Python runs a class's body where it stands, and a function's later: from there, all that is
// around it is complete.
Meaning Program::first_meaning(std::string_view name, const ProgramPoint& at) const {
  const Account& own = account(at.file);
  if (at.statement >= own.statements.size()) return {};
  std::uint32_t scope = own.statements[at.statement].scope;
  auto limit = static_cast<std::uint32_t>(at.statement);
  for (bool is_own = true;; is_own = false) {
    const Scope& here = own.scopes[scope];
    if (is_own || here.kind != Scope::Kind::Class)
      if (auto found = bound(at.file, scope, name, limit)) return std::move(*found);
    if (scope == 0) return {};
    if (here.kind == Scope::Kind::Function) limit = at_end;
    // In a class's body its own name still means what it did before.
    if (here.kind == Scope::Kind::Class && limit != at_end)
      limit = std::min(limit, bindings(at.file).maker(scope));
    scope = here.parent;
  }
}

// `self.X` and `cls.X` in a method: what a method or the class itself has under that name.
std::optional<Meaning> Program::of_self(std::string_view name, const ProgramPoint& at) const {
  const Account& own = account(at.file);
  if (at.statement >= own.statements.size()) return std::nullopt;
  for (std::uint32_t scope = own.statements[at.statement].scope; scope != 0;
       scope = own.scopes[scope].parent) {
    const std::uint32_t parent = own.scopes[scope].parent;
    if (own.scopes[scope].kind != Scope::Kind::Function ||
        own.scopes[parent].kind != Scope::Kind::Class)
      continue;
    const std::uint32_t maker = bindings(at.file).maker(parent);
    if (maker == Bindings::no_statement) return std::nullopt;
    return class_attribute({at.file, maker}, name);
  }
  return std::nullopt;
}

Meaning Program::attribute_of(Meaning meaning, std::string_view attribute) const {
  std::vector<Meaning> alternatives = std::move(meaning.alternatives);
  std::vector<ProgramPoint> others = std::move(meaning.others);
  const ProgramPoint of = meaning.at;
  Meaning found = own_attribute_of(std::move(meaning), attribute);
  for (Meaning& each : alternatives)
    add_alternatives(found, own_attribute_of(std::move(each), attribute));
  if (found.is(Meaning::Kind::Statement) && found.at == of) found.others = std::move(others);
  return found;
}

Meaning Program::own_attribute_of(Meaning meaning, std::string_view attribute) const {
  using Kind = Meaning::Kind;
  switch (meaning.kind) {
    case Meaning::Kind::Unknown:
      return meaning;
    case Meaning::Kind::External:
      meaning.path.append(1, '.').append(attribute);
      if (const auto file = modules_.find(meaning.path, meaning.at.file))
        return {Meaning::Kind::Module, {}, {*file, 0}, {}};
      return meaning;
    case Meaning::Kind::Module:
      return member_of_module(meaning.at.file, attribute);
    case Meaning::Kind::Statement:
      break;
  }
  if (meaning.rest.empty() && statement(meaning.at).kind == Statement::Kind::Class)
    if (auto found = class_attribute(meaning.at, attribute)) {
      add_alternatives(*found, {Kind::Statement, {}, meaning.at, {std::string(attribute)}});
      return std::move(*found);
    }
  meaning.rest.emplace_back(attribute);
  return meaning;
}

std::optional<Meaning> Program::class_attribute(const ProgramPoint& at,
                                                std::string_view name) const {
  if (!makes_scope(statement(at))) return std::nullopt;
  const auto place = slot_named(attributes_[at], name);
  return remember(place->second,
                  [this, at, own = &place->first] { return own_or_inherited(at, *own); });
}

std::optional<Meaning> Program::own_or_inherited(const ProgramPoint& at,
                                                 std::string_view name) const {
  const Statement& made = statement(at);
  std::string dotted = "self.";
  dotted += name;
  if (auto found = bound(at.file, made.body, name, at_end)) return found;
  if (auto found = bound(at.file, made.body, dotted, at_end)) return found;
  dotted = made.name + '.';
  dotted += name;
  if (auto found = bound(at.file, made.scope, dotted, at_end)) return found;
  for (const Argument& base : made.arguments) {
    const std::string_view written = name_of_class(base.value[0]);
    if (!base.keyword.empty() || written.empty()) continue;
    const Meaning meaning = meaning_of(written, at);
    if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) continue;
    if (statement(meaning.at).kind != Statement::Kind::Class) continue;
    if (auto found = class_attribute(meaning.at, name)) return found;
  }
  return std::nullopt;
}

Meaning Program::member_of_module(std::size_t file, std::string_view name) const {
  if (auto found = member(file, name)) return std::move(*found);
  // `from . import part` in a package's own file comes back to itself before it comes to the part.
  if (const auto below = modules_.below(file, name))
    return {Meaning::Kind::Module, {}, {*below, 0}, {}};
  // A package may have parts that are no Python source; of a plain module's own names all are here.
  if (!modules_.is_package(file) && files_[file].account != nullptr) return {};
  std::string path = module_name(file);
  path.append(1, '.').append(name);
  return {Meaning::Kind::External, std::move(path), {file, 0}, {}};
}

std::vector<std::string> Program::bound_names(std::size_t file) const {
  std::vector<std::string> all, names;
  std::set<std::size_t> visited;
  add_bound_names(file, visited, all);
  std::set<std::string_view> seen;
  for (const std::string& each : all)
    if (seen.insert(each).second) names.push_back(each);
  return names;
}

void Program::add_bound_names(std::size_t file, std::set<std::size_t>& visited,
                              std::vector<std::string>& names) const {
  if (!visited.insert(file).second) return;
  if (files_[file].account == nullptr) wanted_.insert(file);
  const auto in_scope = bindings(file).in_scope(0);
  std::vector<Binding> all(in_scope.begin(), in_scope.end());
  std::stable_sort(all.begin(), all.end(), [](const Binding& a, const Binding& b) {
    return std::tie(a.statement, a.imported) < std::tie(b.statement, b.imported);
  });
  for (const Binding& each : all) {
    if (each.name != "*") {
      names.emplace_back(each.name);
      continue;
    }
    const Statement& star = account(file).statements[each.statement];
    const ImportTarget target = modules_.target(star.module, star.level, file);
    if (!target.file) continue;
    if (const auto exported = exports(*target.file)) {
      names.insert(names.end(), exported->begin(), exported->end());
      continue;
    }
    std::vector<std::string> brought;
    add_bound_names(*target.file, visited, brought);
    std::copy_if(brought.begin(), brought.end(), std::back_inserter(names),
                 [](const std::string& name) { return !name.starts_with('_'); });
  }
}

bool Program::is_local(std::string_view name, const ProgramPoint& at) const {
  const Account& own = account(at.file);
  const std::string_view first = name.substr(0, name.find('.'));
  for (std::uint32_t scope = own.statements[at.statement].scope; scope != 0;
       scope = own.scopes[scope].parent)
    if (own.scopes[scope].kind == Scope::Kind::Function &&
        !bindings(at.file).of(scope, first).empty())
      return true;
  return false;
}

bool Program::is_grown(const ProgramPoint& assign) const {
  const Statement& made = statement(assign);
  return !bindings(assign.file).extensions(made.scope, made.name).empty();
}

std::string Program::path_of(const Meaning& meaning) const {
  switch (meaning.kind) {
    case Meaning::Kind::Unknown:
      return {};
    case Meaning::Kind::External:
      return meaning.path;
    case Meaning::Kind::Module:
      return module_name(meaning.at.file);
    case Meaning::Kind::Statement:
      break;
  }
  std::string path = dotted_path(meaning.at);
  for (const std::string& part : meaning.rest) path.append(1, '.').append(part);
  return path;
}

std::vector<CodePath> Program::paths_of(const Meaning& meaning) const {
  std::vector<CodePath> paths;
  const auto add = [&](const Meaning& each) {
    if (each.is(Meaning::Kind::External)) paths.push_back({{}, each.path, false});
    if (!each.is(Meaning::Kind::Statement)) return;
    CodePath path{module_name(each.at.file), name_in_module(each.at), true};
    for (const std::string& part : each.rest) path.name.append(1, '.').append(part);
    paths.push_back(std::move(path));
  };
  add(meaning);
  for (const Meaning& each : meaning.alternatives) add(each);
  return paths;
}

std::optional<ProgramPoint> Program::maker(std::size_t file, std::uint32_t scope) const {
  const std::uint32_t found = bindings(file).maker(scope);
  if (found == Bindings::no_statement) return std::nullopt;
  return ProgramPoint{file, found};
}

}  // namespace reg
