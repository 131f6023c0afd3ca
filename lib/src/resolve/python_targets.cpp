// What a registration in Python is about: the part of `PythonReader` that finds targets.
#include <resolve/match.h>
#include <resolve/python_registration.h>

namespace reg {
namespace {

using How = Site::How;

bool is_literal_text(const Expression& value) {
  return value.kind == Expression::Kind::Literal && value.value.is_string();
}

bool has_true(const std::vector<Argument>& arguments, std::string_view keyword) {
  for (const Argument& each : arguments)
    if (each.keyword == keyword && each.value[0].kind == Expression::Kind::Literal)
      return each.value[0].value == Json(true);
  return false;
}

Target no_target(std::string why) { return {{}, {}, std::move(why), false}; }

const Expression* first_object(const std::vector<Argument>& arguments) {
  for (const Argument& each : arguments)
    if (each.keyword.empty()) return each.value.data();
  return nullptr;
}

constexpr const char* computed = "what it registers depends on running the code";

}  // namespace

const std::vector<Argument>& PythonReader::arguments(const Site& site) {
  static const std::vector<Argument> none;
  return site.call == nullptr ? none : site.call->arguments;
}

// nullopt: what is written is not of this idiom's form.
std::optional<std::vector<Target>> PythonReader::targets_of(const Site& site,
                                                            const Idiom& idiom) const {
  const auto one = [](Target target) { return std::vector<Target>{std::move(target)}; };
  if (idiom.form == Idiom::Form::Decorator && site.how == How::Decorates) {
    if (site.call == nullptr && idiom.bare == Bare::Never)
      return one(no_target("a decorator that needs parentheses has none"));
    if (site.call != nullptr && idiom.bare == Bare::Only)
      return one(no_target("a decorator that takes no arguments has parentheses"));
    return one({program_.dotted_path(site.at), site.at, {}, false});
  }
  if (site.how == How::Applied) {
    if (idiom.bare == Bare::Only) return std::nullopt;
    return one(target_of(*site.object, site, site.at, idiom));
  }
  if (idiom.each.is_set()) {
    const GivenArgument list = argument_of(arguments(site), idiom.each);
    if (list.value != nullptr) return elements(*list.value, site.at);
    if (list.may_be_spread) return one(no_target(computed));
    return std::nullopt;
  }
  if (idiom.target.given && idiom.target.arguments.empty())
    return one({*idiom.target.given, {}, {}, false});
  const GivenArgument given = argument_of(arguments(site), idiom.target);
  const bool is_none = given.value != nullptr && given.value->kind == Expression::Kind::Literal &&
                       given.value->value.is_null();
  if (given.value != nullptr && !is_none) return one(target_of(*given.value, site, site.at, idiom));
  if (given.may_be_spread) return one(no_target(computed));
  const Expression* object = first_object(arguments(site));
  if (object == nullptr) return std::nullopt;
  if (idiom.form == Idiom::Form::Call) {
    if (idiom.target.is_set()) return std::nullopt;
    return one(target_of(*object, site, site.at, idiom));
  }
  // Called with anything else it returns a decorator.
  const bool is_decorated = idiom.bare != Bare::Never && arguments(site).size() == 1 &&
                            object->kind != Expression::Kind::Literal;
  if (!is_decorated) return std::nullopt;
  return one(target_of(*object, site, site.at, idiom));
}

// A list where it stands, or one that a name is bound to.
std::vector<Target> PythonReader::elements(const Expression& list, const ProgramPoint& at) const {
  const Expression* items = &list;
  ProgramPoint place = at;
  if (list.kind == Expression::Kind::Name) {
    const Meaning meaning = program_.meaning_of(list.text, at);
    if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty() ||
        program_.statement(meaning.at).kind != Statement::Kind::Assign ||
        program_.is_grown(meaning.at))
      return {no_target(computed)};
    place = meaning.at;
    items = &program_.statement(place).value;
  }
  std::vector<Target> targets;
  Idiom any;
  any.form = Idiom::Form::Call;
  const Site site{How::Called, place, {}, nullptr, place, nullptr, list.at};
  if (items->kind == Expression::Kind::Literal && items->value.is_array()) {
    for (const Json& each : items->value)
      targets.push_back(each.is_string() ? Target{each.get<std::string>(), {}, {}, false}
                                         : no_target(computed));
    return targets;
  }
  if (items->kind != Expression::Kind::List) return {no_target(computed)};
  for (const Expression& each : items->items) targets.push_back(target_of(each, site, place, any));
  return targets;
}

Target PythonReader::target_of(const Expression& value, const Site& site, const ProgramPoint& at,
                               const Idiom& idiom) const {
  if (is_literal_text(value)) {
    const bool is_path = idiom.form == Idiom::Form::Call || has_true(arguments(site), "_is_str");
    return is_path ? Target{value.value.get<std::string>(), {}, {}, false} : no_target(computed);
  }
  if (value.kind != Expression::Kind::Name) return no_target(computed);
  const Meaning meaning = program_.meaning_of(value.text, at);
  if (meaning.is(Meaning::Kind::Unknown)) return no_target(computed);
  Target target{program_.path_of(meaning), {}, {}, false};
  if (!meaning.is(Meaning::Kind::Statement)) return target;
  target.made = meaning.at;
  const Statement& made = program_.statement(meaning.at);
  if (made.kind != Statement::Kind::Assign) return target;
  if (is_literal_text(made.value) && meaning.rest.empty())
    return target_of(made.value, site, at, idiom);
  target.is_computed = true;
  return target;
}

}  // namespace reg
