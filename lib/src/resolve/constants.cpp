// The part of `Program` that knows values: literals, through names.
#include <resolve/program.h>
#include <algorithm>

namespace reg {

std::optional<Json> Program::constant(const Expression& value, const ProgramPoint& at) const {
  Budget budget;
  return constant(value, at, budget);
}

std::optional<Json> Program::constant(const Expression& value, const ProgramPoint& at,
                                      Budget& budget) const {
  if (budget.depth == 0 || budget.elements == 0) return std::nullopt;
  --budget.elements;
  --budget.depth;
  std::optional<Json> found;
  if (value.kind == Expression::Kind::Literal) {
    found = value.value;
  } else if (value.kind == Expression::Kind::List) {
    found = constant_items(value, at, budget);
  } else if (value.kind == Expression::Kind::Name && value.text == "__name__") {
    found = module_name(at.file);
  } else if (value.kind == Expression::Kind::Name) {
    found = constant_of(meaning_of(value.text, at), budget);
  }
  ++budget.depth;
  return found;
}

std::optional<Json> Program::constant_of(const Meaning& meaning) const {
  Budget budget;
  return constant_of(meaning, budget);
}

std::optional<Json> Program::constant_of(const Meaning& meaning, Budget& budget) const {
  if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty() ||
      statement(meaning.at).kind != Statement::Kind::Assign)
    return std::nullopt;
  return assigned(meaning.at, budget);
}

std::optional<Json> Program::constant_items(const Expression& list, const ProgramPoint& at,
                                            Budget& budget) const {
  Json items = Json::array();
  for (const Expression& each : list.items) {
    std::optional<Json> item = constant(each, at, budget);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return items;
}

// A name with two bindings, one of which depends on running the code, has no constant value.
std::optional<Json> Program::assigned(const ProgramPoint& assign, Budget& budget) const {
  const Statement& made = statement(assign);
  const Bindings& own = bindings(assign.file);
  const auto statement_at = [&](const Binding& each) -> const Statement& {
    return account(assign.file).statements[each.statement];
  };
  const auto others = own.of(made.scope, made.name);
  if (others.size() > 1 && std::any_of(others.begin(), others.end(), [&](const Binding& each) {
        return statement_at(each).guarded;
      }))
    return std::nullopt;
  std::optional<Json> value = constant(made.value, assign, budget);
  if (!value) return std::nullopt;
  for (const Binding& each : own.extensions(made.scope, made.name)) {
    if (each.statement < assign.statement) continue;
    const Statement& grows = statement_at(each);
    std::optional<Json> more = constant(grows.value, {assign.file, each.statement}, budget);
    if (!more || !value->is_array() || grows.guarded) return std::nullopt;
    if (more->is_array()) {
      if (budget.elements < more->size()) return std::nullopt;
      budget.elements -= more->size();
      value->insert(value->end(), more->begin(), more->end());
    } else {
      value->push_back(std::move(*more));
    }
  }
  return value;
}

std::optional<std::vector<std::string>> Program::exports(std::size_t file) const {
  const auto [place, is_new] = exports_.try_emplace(file);
  if (!is_new) return place->second;  // in a circle: not known
  std::optional<std::vector<std::string>> names;
  const auto bound = bindings(file).of(0, "__all__");
  if (!bound.empty()) {
    const ProgramPoint at{file, bound.back().statement};
    std::optional<Json> value;
    if (statement(at).kind == Statement::Kind::Assign)
      value = constant_of({Meaning::Kind::Statement, {}, at, {}});
    else if (const auto imported = meaning_of(file, bound.back()))
      value = constant_of(*imported);
    if (value && value->is_array()) {
      names.emplace();
      for (const Json& each : *value)
        if (each.is_string()) names->push_back(each.get<std::string>());
    }
  }
  if (put_off_)
    exports_.erase(file);
  else
    exports_[file] = names;
  return names;
}

}  // namespace reg
