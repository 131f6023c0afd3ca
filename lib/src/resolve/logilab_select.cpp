#include <resolve/logilab_select.h>
#include <utility>

namespace reg {
namespace {

using State = ClassAttribute::State;
constexpr std::string_view select_name = "__select__";

std::string_view last_part(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);  // npos + 1 is 0
}

SelectName unknown(std::string why) { return {SelectName::Kind::Unknown, std::move(why), {}, {}}; }
SelectName predicate(std::string_view name) {
  return {SelectName::Kind::Predicate, std::string(name), {}, {}};
}

// The meanings of names in the `__select__`s of a program.
class Names {
 public:
  explicit Names(PythonClasses& classes) : classes_(classes), program_(classes.program()) {}

  SelectName meaning(std::string_view name, const ProgramPoint& at) const {
    if (const std::optional<PythonClasses::Id> base = base_of(name, at)) {
      return attribute(name, classes_.inherited(*base, select_name));
    }
    const Meaning meaning = program_.meaning_of(name, at);
    switch (meaning.kind) {
      case Meaning::Kind::External:
        return external(name, meaning.path);
      case Meaning::Kind::Statement:
        if (meaning.rest.empty()) return defined(name, meaning.at);
        break;
      case Meaning::Kind::Module:
      case Meaning::Kind::Unknown:
        break;
    }
    return unknown("what " + std::string(name) + " is cannot be told");
  }

 private:
  // The class of the program of whose `__select__` the name speaks.
  std::optional<PythonClasses::Id> base_of(std::string_view name, const ProgramPoint& at) const {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || name.substr(dot + 1) != select_name) return std::nullopt;
    return classes_.named(name.substr(0, dot), at);
  }

  static SelectName attribute(std::string_view name, const ClassAttribute& found) {
    if (found.is(State::Known)) return {SelectName::Kind::Value, {}, found.value, found.at};
    return unknown("what " + std::string(name) + " is cannot be told");
  }

  static SelectName external(std::string_view name, std::string_view path) {
    if (last_part(path) != select_name) return predicate(last_part(path));
    // CubicWeb's root of all classes that are registered.
    if (path == "cubicweb.appobject.AppObject.__select__") {
      return {SelectName::Kind::Anything, {}, {}, {}};
    }
    return unknown(std::string(name) + " is defined outside of what is read");
  }

  SelectName defined(std::string_view name, const ProgramPoint& at) const {
    const Statement& statement = program_.statement(at);
    switch (statement.kind) {
      case Statement::Kind::Class:
        return predicate(statement.name);
      case Statement::Kind::Function:
        // What a decorator that is not known makes of it may be a predicate.
        if (!statement.decorators.empty()) return predicate(statement.name);
        return {SelectName::Kind::Function, statement.name, {}, {}};
      case Statement::Kind::Assign:
        if (const auto function = objectified(statement.value, at)) return predicate(*function);
        if (!statement.guarded && !statement.repeated) {
          return {SelectName::Kind::Value, {}, &statement.value, at};
        }
        break;
      default:
        break;
    }
    return unknown("what " + std::string(name) + " is cannot be told");
  }

  // `f` of `objectify_predicate(f)`, which makes a class of that name.
  std::optional<std::string> objectified(const Expression& value, const ProgramPoint& at) const {
    if (value.kind != Expression::Kind::Call || value.items.empty() ||
        value.items[0].kind != Expression::Kind::Name || value.arguments.size() != 1 ||
        last_part(value.items[0].text) != "objectify_predicate") {
      return std::nullopt;
    }
    const Expression& function = value.arguments[0].value[0];
    if (function.kind != Expression::Kind::Name) return std::nullopt;
    const Meaning meaning = program_.meaning_of(function.text, at);
    if (meaning.is(Meaning::Kind::Statement) && meaning.rest.empty() &&
        program_.statement(meaning.at).kind == Statement::Kind::Function) {
      return program_.statement(meaning.at).name;
    }
    return std::string(last_part(function.text));
  }

  PythonClasses& classes_;
  const Program& program_;
};

ClassSelect translated(PythonClasses& classes, const ClassAttribute& attribute) {
  ClassSelect found;
  const Names names(classes);
  found.select = translate_select(
      *attribute.value, attribute.at,
      {[&](std::string_view name, const ProgramPoint& at) { return names.meaning(name, at); },
       [&](const Expression& value, const ProgramPoint& at) {
         return classes.program().constant(value, at);
       }});
  if (found.select.predicate) {
    found.state = ClassSelect::State::Known;
    return found;
  }
  // Without one it would apply wherever the code's own would not.
  found.state = ClassSelect::State::Untellable;
  found.why = "no part of its __select__ can be written as a predicate";
  if (!found.select.left_out.empty()) found.why += ": " + found.select.left_out[0].why;
  return found;
}

}  // namespace

ClassSelect select_of(PythonClasses& classes, PythonClasses::Id of) {
  const ClassAttribute attribute = classes.inherited(of, select_name);
  ClassSelect found;
  switch (attribute.state) {
    case State::Known:
      if (classes.constant(attribute) == Json()) return found;
      return translated(classes, attribute);
    case State::Missing:
      if (!classes.has_unknown_bases(of)) return found;
      found.state = ClassSelect::State::Assumed;
      found.select.predicate = yes();
      return found;
    case State::Unclear:
    case State::Derived:
      break;
  }
  found.state = ClassSelect::State::Untellable;
  found.why = "which __select__ it has cannot be told";
  return found;
}

}  // namespace reg
