#include <resolve/python_classes.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

using State = ClassAttribute::State;

constexpr std::array attribute_names{"__abstract__", "__regid__", "__registries__", "__registry__",
                                     "__select__"};
constexpr std::string_view logilab_module = "logilab.common.registry.";
// `__regid__ = Base.__regid__`, and so on.
constexpr std::size_t longest_chain = 16;

bool is_attribute_name(std::string_view name) {
  return std::find(attribute_names.begin(), attribute_names.end(), name) != attribute_names.end();
}

// `a.b` and `c` of `a.b.c`; the first is empty if there is no dot.
std::pair<std::string_view, std::string_view> split_last(std::string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  if (dot == std::string_view::npos) return {{}, dotted};
  return {dotted.substr(0, dot), dotted.substr(dot + 1)};
}

const Expression& none() {
  static const Expression null = [] {
    Expression made;
    made.kind = Expression::Kind::Literal;
    return made;
  }();
  return null;
}

ClassAttribute after(const Statement& statement, const ProgramPoint& at) {
  if (statement.guarded || statement.repeated) return {State::Unclear, nullptr, at};
  if (statement.kind == Statement::Kind::Unbind) return {};
  if (statement.kind != Statement::Kind::Assign) return {State::Unclear, nullptr, at};
  return {State::Known, &statement.value, at};
}

}  // namespace

PythonClasses::Id PythonClasses::id_of(const ProgramPoint& at) {
  const auto [known, is_new] = ids_.try_emplace({at.file, at.statement}, classes_.size());
  if (is_new) classes_.push_back({at, {}});
  return known->second;
}

PythonClasses::Id PythonClasses::outside(const std::string& path) {
  if (path.empty()) {  // each is another one
    classes_.push_back({});
    return classes_.size() - 1;
  }
  const auto [known, is_new] = outside_.try_emplace(path, classes_.size());
  if (is_new) classes_.push_back({std::nullopt, path});
  return known->second;
}

std::optional<PythonClasses::Id> PythonClasses::named(std::string_view name,
                                                      const ProgramPoint& at) {
  const Meaning meaning = program_.meaning_of(name, at);
  if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) return std::nullopt;
  if (program_.statement(meaning.at).kind != Statement::Kind::Class) return std::nullopt;
  return id_of(meaning.at);
}

std::vector<PythonClasses::Id> PythonClasses::bases_of(Id of) {
  const std::optional<ProgramPoint> at = classes_[of].at;
  std::vector<Id> found;
  if (!at) return found;
  for (const Argument& argument : program_.statement(*at).arguments) {
    if (const std::optional<Id> one = base(argument, *at)) found.push_back(*one);
  }
  return found;
}

// Nothing: `object`, or a keyword, which add nothing.
std::optional<PythonClasses::Id> PythonClasses::base(const Argument& argument,
                                                     const ProgramPoint& at) {
  if (!argument.keyword.empty() && argument.keyword != "*") return std::nullopt;
  const Expression& value = argument.value[0];
  if (value.kind != Expression::Kind::Name || !argument.keyword.empty()) return outside({});
  const Meaning meaning = program_.meaning_of(value.text, at);
  if (meaning.is(Meaning::Kind::External)) {
    if (meaning.path == "builtins.object") return std::nullopt;
    return outside(meaning.path);
  }
  if (meaning.is(Meaning::Kind::Statement) && meaning.rest.empty() &&
      program_.statement(meaning.at).kind == Statement::Kind::Class) {
    return id_of(meaning.at);
  }
  if (value.text == "object") return std::nullopt;
  return outside({});
}

bool PythonClasses::is_logilab(Id id, std::string_view logilab_class) const {
  const Class& one = classes_[id];
  const std::string path = one.at ? program_.dotted_path(*one.at) : one.path;
  return path.size() == logilab_module.size() + logilab_class.size() &&
         path.starts_with(logilab_module) && path.ends_with(logilab_class);
}

bool PythonClasses::derives_from(Id of, std::string_view logilab_class) {
  const Linearisation::Order* all = order(of);
  return all != nullptr && std::any_of(all->begin(), all->end(),
                                       [&](Id one) { return is_logilab(one, logilab_class); });
}

bool PythonClasses::has_unknown_bases(Id of) {
  const Linearisation::Order* all = order(of);
  return all != nullptr && std::any_of(all->begin(), all->end(), [this](Id one) {
           return !classes_[one].at && !is_logilab(one, "RegistrableObject") &&
                  !is_logilab(one, "RegistrableInstance");
         });
}

ClassAttribute PythonClasses::own(Id of, std::string_view name) {
  if (is_logilab(of, "RegistrableObject")) {
    if (name == "__registries__") return {State::Derived, nullptr, {}};
    if (name != "__abstract__") return {State::Known, &none(), {}};
  }
  const std::optional<ProgramPoint> at = classes_[of].at;
  if (!at) return {};
  const auto& bodies = attributes_in(at->file);
  const auto body = bodies.find(program_.statement(*at).body);
  if (body == bodies.end()) return {};
  const auto found = body->second.find(name);
  return found == body->second.end() ? ClassAttribute{} : found->second;
}

ClassAttribute PythonClasses::inherited(Id of, std::string_view name) {
  const Linearisation::Order* all = order(of);
  if (all == nullptr) return {State::Unclear, nullptr, {}};
  for (const Id one : *all) {
    const ClassAttribute found = own(one, name);
    if (!found.is(State::Missing)) return found;
    // It derives from RegistrableObject itself.
    if (name == "__registries__" && is_logilab(one, "RegistrableInstance")) {
      return {State::Derived, nullptr, {}};
    }
  }
  return {};
}

std::map<std::uint32_t, PythonClasses::Attributes>& PythonClasses::attributes_in(std::size_t file) {
  const auto [known, is_new] = attributes_.try_emplace(file);
  if (!is_new) return known->second;
  const Account& account = program_.account(file);
  for (std::size_t i = 0; i < account.statements.size(); ++i) {
    note(account.statements[i], {file, i}, known->second);
  }
  return known->second;
}

// In the class's body, or for the class from the module that it stands in.
void PythonClasses::note(const Statement& statement, const ProgramPoint& at,
                         std::map<std::uint32_t, Attributes>& bodies) {
  const auto [prefix, name] = split_last(statement.name);
  if (!is_attribute_name(name)) return;
  const Scope::Kind scope = program_.account(at.file).scopes[statement.scope].kind;
  if (prefix.empty()) {
    if (scope == Scope::Kind::Class) {
      bodies[statement.scope].insert_or_assign(std::string(name), after(statement, at));
    }
    return;
  }
  if (scope != Scope::Kind::Module || statement.script_only) return;
  const std::optional<Id> of = named(prefix, at);
  if (!of || classes_[*of].at->file != at.file) return;
  const std::uint32_t body = program_.statement(*classes_[*of].at).body;
  bodies[body].insert_or_assign(std::string(name), after(statement, at));
}

std::optional<Json> PythonClasses::constant(const ClassAttribute& attribute) {
  return constant(attribute, 0);
}

std::optional<Json> PythonClasses::constant(const ClassAttribute& attribute, std::size_t depth) {
  if (!attribute.is(State::Known) || depth == longest_chain) return std::nullopt;
  if (attribute.value == &none()) return Json();
  if (attribute.value->kind == Expression::Kind::Name) {
    const auto [prefix, name] = split_last(attribute.value->text);
    if (!prefix.empty() && is_attribute_name(name)) {
      if (const std::optional<Id> of = named(prefix, attribute.at)) {
        return constant(inherited(*of, name), depth + 1);
      }
    }
  }
  return program_.constant(*attribute.value, attribute.at);
}

}  // namespace reg
