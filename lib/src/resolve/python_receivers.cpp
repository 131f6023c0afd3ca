// What a method is called on: the part of `PythonReader` that knows registries from other objects.
#include <resolve/match.h>
#include <resolve/python_registration.h>
#include <algorithm>

namespace reg {
namespace {

using Kind = Statement::Kind;

bool is_name(const Expression& value) { return value.kind == Expression::Kind::Name; }

// The part before the last dot, and of that the last part.
std::string receiver_name(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string()
                                       : std::string(last_part(path.substr(0, dot)));
}

// What constants of other kinds are asked, too: PATTERN.match(text).
bool is_everyday(std::string_view method) {
  return method == "match" || method == "merge" || method == "add" || method == "get";
}

bool is_likely_registry(std::string_view variable, std::string_view method) {
  if (is_capitals(variable))
    return !is_everyday(method) || variable.find("REGIST") != std::string_view::npos;
  if (is_common_method(method)) return false;
  return variable.find("regist") != std::string_view::npos ||
         variable.find("Regist") != std::string_view::npos;
}

}  // namespace

Callee PythonReader::callee_of(const Site& site) const {
  Callee callee;
  const Meaning meaning = program_.meaning_of(site.callee, site.call_at);
  callee.path = program_.path_of(meaning);
  callee.method = last_part(callee.path.empty() ? std::string_view(site.callee)
                                                : std::string_view(callee.path));
  callee.meaning = meaning;
  set_receiver(callee, meaning, site);
  return callee;
}

void PythonReader::set_receiver(Callee& callee, const Meaning& meaning, const Site& site) const {
  callee.variable = receiver_name(callee.path.empty() ? site.callee : callee.path);
  const bool is_likely = is_likely_registry(callee.variable, callee.method);
  switch (meaning.kind) {
    case Meaning::Kind::Module:
      return;
    case Meaning::Kind::External:
      if (is_likely) callee.receiver = Callee::Receiver::Named;
      return;
    case Meaning::Kind::Unknown:
      if (may_be_registry(callee, site)) callee.receiver = Callee::Receiver::Computed;
      return;
    case Meaning::Kind::Statement:
      break;
  }
  const Statement& made = program_.statement(meaning.at);
  if (made.kind != Kind::Assign || meaning.rest.empty()) return;
  if (meaning.rest.size() == 1) {
    set_assigned(callee, meaning.at);
    if (is_another(callee.registry, meaning.others)) callee.receiver = Callee::Receiver::Computed;
    return;
  }
  if (is_instance(meaning.at)) {
    if (is_likely || !is_common_method(callee.method) || holds_registry(meaning))
      callee.receiver = Callee::Receiver::Computed;
  } else if (is_likely) {
    callee.receiver = Callee::Receiver::Named;
  }
}

// Whether one of these makes a registry of another name.
bool PythonReader::is_another(const PythonRegistry* registry,
                              const std::vector<ProgramPoint>& others) const {
  return registry != nullptr &&
         std::any_of(others.begin(), others.end(), [&](const ProgramPoint& each) {
           const PythonRegistry* other = registries_.at(each);
           return other != nullptr && other->name != registry->name;
         });
}

// Of something that cannot be told.
bool PythonReader::may_be_registry(const Callee& callee, const Site& site) const {
  const std::string_view name(site.callee);
  const std::string_view first = name.substr(0, name.find('.'));
  const bool is_likely = is_likely_registry(callee.variable, callee.method);
  if (first == "self" || first == "cls") return false;
  // What a function is given is its callers' matter.
  if (program_.is_local(first, site.call_at)) return is_capitals(callee.variable);
  if (is_likely || !is_common_method(callee.method)) return true;
  if (is_plain_name(name)) return false;
  std::size_t most_names = 200;
  return site.how == Site::How::Decorates ||
         mentions_registry(name.substr(0, name.rfind('.')), site.call_at, most_names);
}

// Whether one of the names in a piece of code means a registry, or something made with one.
bool PythonReader::mentions_registry(std::string_view code, const ProgramPoint& at,
                                     std::size_t& most_names) const {
  while (!code.empty()) {
    const auto end = static_cast<std::size_t>(
        std::find_if_not(code.begin(), code.end(), is_of_name) - code.begin());
    const std::string_view name = code.substr(0, end);
    code.remove_prefix(std::max<std::size_t>(end, 1));
    if (name.empty()) continue;
    if (most_names == 0) return false;
    --most_names;
    const Meaning meaning = program_.meaning_of(name, at);
    if (!meaning.is(Meaning::Kind::Statement)) continue;
    if (registries_.at(meaning.at) != nullptr) return true;
    const Expression& value = program_.statement(meaning.at).value;
    if (program_.statement(meaning.at).kind != Kind::Assign) continue;
    if (value.kind == Expression::Kind::Other &&
        mentions_registry(value.text, meaning.at, most_names))
      return true;
    for (const Expression& each : value.items)
      if (is_name(each) && mentions_registry(each.text, meaning.at, most_names)) return true;
  }
  return false;
}

// What is made by calling a class of these files.
bool PythonReader::is_instance(const ProgramPoint& made) const {
  const Expression& value = program_.statement(made).value;
  if (value.kind != Expression::Kind::Call || value.items.empty() || !is_name(value.items[0]))
    return false;
  const Meaning maker = program_.meaning_of(value.items[0].text, made);
  return maker.is(Meaning::Kind::Statement) && program_.statement(maker.at).kind == Kind::Class;
}

// Whether the class of an instance has the registry that is asked for.
bool PythonReader::holds_registry(const Meaning& meaning) const {
  const Expression& maker = program_.statement(meaning.at).value.items[0];
  const Meaning made = program_.meaning_of(maker.text, meaning.at);
  if (meaning.rest.size() != 2 || !made.rest.empty()) return false;
  const auto held = program_.class_attribute(made.at, meaning.rest.front());
  return held && held->is(Meaning::Kind::Statement) && held->rest.empty() &&
         registries_.at(held->at) != nullptr;
}

void PythonReader::set_assigned(Callee& callee, const ProgramPoint& made) const {
  callee.registry = registries_.at(made);
  if (callee.registry != nullptr) {
    callee.receiver =
        callee.registry->name.empty() ? Callee::Receiver::Computed : Callee::Receiver::Registry;
    return;
  }
  const Statement& statement = program_.statement(made);
  const bool is_likely = is_likely_registry(callee.variable, callee.method);
  const Expression& value = statement.value;
  if (!is_likely || value.kind == Expression::Kind::Literal || value.kind == Expression::Kind::List)
    return;
  if (is_instance(made)) return;  // an object of another class
  callee.receiver = Callee::Receiver::Named;
}

// Who writes an idiom of their own for a method wants to know what else has one.
void PythonReader::see_other_receiver(const Site& site, const Callee& callee) {
  const std::size_t dot = site.callee.rfind('.');
  if (callee.receiver != Callee::Receiver::None || dot == std::string::npos) return;
  const auto is_own = [&](const Idiom& idiom) {
    return idiom.language == Language::Python && idiom.registry.receiver &&
           std::any_of(idiom.names.begin(), idiom.names.end(), [&](const std::string& name) {
             return last_part(name) == last_part(site.callee);
           });
  };
  const auto& scans = input_.files[site.at.file].scans;
  const bool is_wanted = std::any_of(scans.begin(), scans.end(), [&](std::size_t scan) {
    const auto& idioms = input_.scans[scan].idioms;
    return input_.scans[scan].preset.empty() && std::any_of(idioms.begin(), idioms.end(), is_own);
  });
  const std::string receiver = site.callee.substr(0, dot);
  if (is_wanted && may_hold_registrations(receiver, site))
    see(site, "its receiver " + receiver + " is no registry that is known");
}

// A class, or a variable of a module that holds something unknown.
bool PythonReader::may_hold_registrations(const std::string& name, const Site& site) const {
  const std::string first = name.substr(0, name.find('.'));
  if (first == "self" || first == "cls" || program_.is_local(first, site.call_at)) return false;
  const Meaning meaning = program_.meaning_of(name, site.call_at);
  switch (meaning.kind) {
    case Meaning::Kind::Module:
      return false;
    case Meaning::Kind::External:
      return site.how != Site::How::Called;
    case Meaning::Kind::Unknown:
      return true;
    case Meaning::Kind::Statement:
      break;
  }
  const Statement& made = program_.statement(meaning.at);
  return made.kind != Kind::Function && made.value.kind != Expression::Kind::Literal &&
         made.value.kind != Expression::Kind::List;
}

}  // namespace reg
