// What comes of a registration in Python: the part of `PythonReader` that says what is found.
#include <reg/text.h>
#include <resolve/match.h>
#include <resolve/python_modules.h>
#include <resolve/python_registration.h>
#include <algorithm>
#include <cctype>
#include <iterator>

namespace reg {
namespace {

// How a place is run: what stands around it counts.
struct Circumstances {
  bool guarded = false, repeated = false, script_only = false;
};

Circumstances circumstances_of(const Program& program, const ProgramPoint& at) {
  const Account& account = program.account(at.file);
  const Statement& statement = account.statements[at.statement];
  Circumstances all{statement.guarded, statement.repeated, statement.script_only};
  for (std::uint32_t scope = statement.scope; scope != 0; scope = account.scopes[scope].parent) {
    all.guarded = all.guarded || account.scopes[scope].kind == Scope::Kind::Function;
    const auto maker = program.maker(at.file, scope);
    if (!maker) continue;
    const Statement& around = program.statement(*maker);
    all.guarded = all.guarded || around.guarded;
    all.repeated = all.repeated || around.repeated;
    all.script_only = all.script_only || around.script_only;
  }
  return all;
}

// A text or a list of texts.
std::optional<std::vector<std::string>> texts(const std::optional<Json>& value) {
  if (!value) return std::nullopt;
  if (value->is_string()) return std::vector{value->get<std::string>()};
  if (!value->is_array() || value->empty()) return std::nullopt;
  std::vector<std::string> all;
  for (const Json& each : *value) {
    if (!each.is_string()) return std::nullopt;
    all.push_back(each.get<std::string>());
  }
  return all;
}

bool is_null(const Expression& value) {
  return value.kind == Expression::Kind::Literal && value.value.is_null();
}

// Whether the idiom takes the keyword for something else than info.
bool is_taken(const Idiom& idiom, const std::string& keyword) {
  const ValueFrom* all[] = {&idiom.registry, &idiom.oid,   &idiom.target, &idiom.force,
                            &idiom.each,     &idiom.match, &idiom.merge,  &idiom.info.each};
  return keyword == "_is_str" ||
         std::any_of(std::begin(all), std::end(all), [&](const ValueFrom* each) {
           return std::any_of(each->arguments.begin(), each->arguments.end(),
                              [&](const ArgumentName& name) { return name.keyword == keyword; });
         });
}

}  // namespace

void PythonReader::see(const Site& site, std::string what) {
  found_[site.at.file].seen.push_back({site.place, std::move(what)});
}

void PythonReader::warn(const Site& site, std::string message, std::string hint) {
  found_[site.at.file].diagnostics.push_back(
      warning_at(site.place, std::move(message), std::move(hint)));
}

void PythonReader::found_by(std::size_t file, std::size_t scan) {
  found_[file].found_by(input_.scans[scan]);
}

bool PythonReader::may_register(const Site& site, std::size_t scan) {
  const Circumstances all = circumstances_of(program_, site.at);
  if (all.script_only)
    see(site, "it is registered only where the file is run as a script");
  else if (all.repeated)
    see(site, "what a loop registers depends on running the code");
  else if (all.guarded && input_.scans[scan].guarded == Guarded::Drop)
    see(site, "it stands in a function, an `if` or a `try`, and guarded = \"drop\"");
  else
    return true;
  return false;
}

std::optional<std::vector<std::string>> PythonReader::unresolved(const Site& site, std::size_t scan,
                                                                 const std::string& variable) {
  const std::string what = "the name of the registry " + in_quotes(variable) + " is not known";
  switch (input_.scans[scan].unresolved) {
    case Unresolved::Drop:
      see(site, what);
      return std::nullopt;
    case Unresolved::Error:
      warn(site, what, "it is not made in the files that are read");
      found_[site.at.file].diagnostics.back().severity = Severity::Error;
      return std::nullopt;
    case Unresolved::Keep:
      break;
  }
  if (warned_.emplace(site.at.file, variable).second)
    warn(site, what + "; it is kept under the variable's name",
         "sources of a [[scan]] that have its definition tell the name; unresolved = \"drop\" "
         "leaves it out");
  return std::vector{variable};
}

std::optional<std::string> PythonReader::registry_named(const Expression& value,
                                                        const ProgramPoint& at) const {
  if (value.kind != Expression::Kind::Name) return std::nullopt;
  const Meaning meaning = program_.meaning_of(value.text, at);
  if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) return std::nullopt;
  const PythonRegistry* registry = registries_.at(meaning.at);
  if (registry == nullptr || registry->name.empty()) return std::nullopt;
  return registry->name;
}

std::optional<std::vector<std::string>> PythonReader::registries_of(const Site& site,
                                                                    const Callee& callee,
                                                                    std::size_t scan,
                                                                    const Idiom& idiom) {
  constexpr const char* computed = "the registry depends on running the code";
  std::optional<std::vector<std::string>> names;
  if (idiom.registry.receiver) {
    if (callee.receiver == Callee::Receiver::Named) return unresolved(site, scan, callee.variable);
    if (callee.receiver == Callee::Receiver::Registry) names = std::vector{callee.registry->name};
  } else if (const GivenArgument given = argument_of(arguments(site), idiom.registry);
             given.value != nullptr) {
    names = texts(program_.constant(*given.value, site.call_at));
    if (const auto named = registry_named(*given.value, site.call_at)) names = std::vector{*named};
    if (!names && given.value->kind == Expression::Kind::Name &&
        !program_.is_local(given.value->text, site.call_at))
      return unresolved(site, scan, std::string(last_part(given.value->text)));
  } else if (idiom.registry.given && !given.may_be_spread) {
    names = std::vector{*idiom.registry.given};
  }
  if (!names) {
    see(site, computed);
    return std::nullopt;
  }
  for (std::string& name : *names) name = registry_name_of(std::move(name));
  if (names->front().starts_with("__")) {
    see(site, "the registry " + names->front() + " is private");
    return std::nullopt;
  }
  return names;
}

// An empty one follows from the target.
std::optional<std::vector<std::string>> PythonReader::oids_of(const Site& site,
                                                              const Idiom& idiom) {
  const GivenArgument given = argument_of(arguments(site), idiom.oid);
  if (given.value == nullptr && !given.may_be_spread) {
    std::vector<std::string> names{idiom.oid.given.value_or("")};
    names.insert(names.end(), idiom.oid.more_given.begin(), idiom.oid.more_given.end());
    return names;
  }
  if (given.value != nullptr && is_null(*given.value)) return std::vector{std::string()};
  std::optional<std::vector<std::string>> names;
  if (given.value != nullptr) names = texts(program_.constant(*given.value, site.call_at));
  if (!names) {
    see(site, "the name depends on running the code");
  } else if (std::any_of(names->begin(), names->end(),
                         [](const auto& each) { return each.empty(); })) {
    see(site, "the name is empty");
    return std::nullopt;
  }
  return names;
}

bool PythonReader::is_force(const Site& site, const Idiom& idiom) {
  const GivenArgument given = argument_of(arguments(site), idiom.force);
  if (given.value == nullptr) return idiom.force.given == "true";
  const std::optional<Json> value = program_.constant(*given.value, site.call_at);
  if (!value) warn(site, "whether it is forced depends on running the code; it is taken as not");
  return value && truthy(*value);
}

void PythonReader::set_info(FoundSymbol& symbol, const Site& site, const Idiom& idiom) {
  using Which = InfoFrom::Which;
  for (const Argument& each : arguments(site)) {
    if (each.keyword.empty() || each.keyword == "*" || is_taken(idiom, each.keyword)) continue;
    if (each.keyword == "**") {
      warn(site, "what `**` gives for info depends on running the code; it is left out");
      continue;
    }
    const auto& names = idiom.info.names;
    if (idiom.info.which == Which::Named &&
        std::find(names.begin(), names.end(), each.keyword) == names.end())
      continue;
    const bool is_declared = std::all_of(
        symbol.registries.begin(), symbol.registries.end(),
        [&](const std::string& registry) { return registries_.has_field(registry, each.keyword); });
    if (idiom.info.which == Which::Declared && !is_declared) {
      if (!registries_.has_fields(symbol.registries.front())) continue;
      warn(site, "the registry " + in_quotes(symbol.registries.front()) + " has no field " +
                     in_quotes(each.keyword) + "; it is left out");
      continue;
    }
    const std::optional<Json> value = program_.constant(each.value[0], site.call_at);
    if (!value)
      warn(site, "the value of " + in_quotes(each.keyword) + " depends on running the code");
    if (!is_declared) declare_field(symbol, site, each.keyword);
    symbol.info[each.keyword] = value.value_or(Json());
  }
}

// What an idiom takes for info is a field of the registry, be it declared elsewhere or not.
void PythonReader::declare_field(const FoundSymbol& symbol, const Site& site,
                                 const std::string& field) {
  for (const std::string& registry : symbol.registries) {
    if (registries_.has_field(registry, field) || !made_fields_.emplace(registry, field).second)
      continue;
    FoundRegistry declared{registry, {field}, {}, site.place};
    found_[site.at.file].registries.push_back(std::move(declared));
  }
}

// The tables of a list, one for each symbol.
void PythonReader::set_each_info(std::vector<FoundSymbol>& symbols, const Site& site,
                                 const Idiom& idiom) {
  const GivenArgument given = argument_of(arguments(site), idiom.info.each);
  if (given.value == nullptr || is_null(*given.value)) return;
  const std::optional<Json> tables = program_.constant(*given.value, site.call_at);
  if (!tables || !tables->is_array() || tables->size() != symbols.size())
    return warn(site, "the info of the elements depends on running the code; it is left out");
  for (std::size_t i = 0; i < symbols.size(); ++i)
    if ((*tables)[i].is_object()) symbols[i].info.update((*tables)[i]);
}

void PythonReader::registers(const Site& site, const Callee& callee, std::size_t scan,
                             const Idiom& idiom, const std::vector<Target>& targets) {
  const auto registries = registries_of(site, callee, scan, idiom);
  if (!registries) return;
  found_by(site.at.file, scan);
  const auto oids = oids_of(site, idiom);
  if (!oids) return;
  FoundSymbol symbol;
  symbol.registries = *registries;
  symbol.at = site.place;
  symbol.force = is_force(site, idiom);
  if (std::any_of(targets.begin(), targets.end(),
                  [](const Target& each) { return each.why_not.empty(); }))
    set_info(symbol, site, idiom);
  std::vector<FoundSymbol> symbols;
  bool is_whole = true;
  for (const Target& target : targets) {
    if (!target.why_not.empty() || (target.is_computed && oids->front().empty())) {
      see(site, target.why_not.empty() ? "the name depends on running the code" : target.why_not);
      is_whole = false;
      continue;
    }
    for (const std::string& oid : *oids) {
      symbol.oid = oid;
      symbol.target = target.path;
      symbol.doc = target.made ? program_.statement(*target.made).doc : std::string();
      symbols.push_back(symbol);
    }
  }
  if (is_whole || !idiom.info.each.is_set()) {
    set_each_info(symbols, site, idiom);
  } else {
    warn(site, "which info belongs to which element depends on running the code");
  }
  auto& all = found_[site.at.file].symbols;
  all.insert(all.end(), std::make_move_iterator(symbols.begin()),
             std::make_move_iterator(symbols.end()));
}

void PythonReader::matches(const Site& site, const Callee& callee, std::size_t scan,
                           const Idiom& idiom) {
  const auto registries = registries_of(site, callee, scan, idiom);
  if (!registries) return;
  const GivenArgument module = argument_of(arguments(site), idiom.match);
  if (module.value == nullptr || module.value->kind != Expression::Kind::Name)
    return see(site, "which module it matches depends on running the code");
  for (const Argument& each : arguments(site))
    if (each.value.data() != module.value && !is_taken(idiom, each.keyword))
      return see(site, "what a function of its own matches depends on running the code");
  const Meaning meaning = program_.meaning_of(module.value->text, site.call_at);
  if (!meaning.is(Meaning::Kind::Module)) {
    if (meaning.is(Meaning::Kind::External))
      found_[site.at.file].diagnostics.push_back(
          unknown_module(program_, meaning.path, site.place));
    return see(site, "what the module offers is not known");
  }
  found_by(site.at.file, scan);
  const bool force = is_force(site, idiom);
  for (FoundSymbol& symbol : public_symbols(program_, meaning.at.file, {}, {})) {
    symbol.registries = *registries;
    symbol.at = site.place;
    symbol.force = force;
    found_[site.at.file].symbols.push_back(std::move(symbol));
  }
}

void PythonReader::merges(const Site& site, const Callee& callee, std::size_t scan,
                          const Idiom& idiom) {
  const auto registries = registries_of(site, callee, scan, idiom);
  if (!registries) return;
  const GivenArgument given = argument_of(arguments(site), idiom.merge);
  if (given.value == nullptr) return see(site, "what it merges depends on running the code");
  const bool is_list = given.value->kind == Expression::Kind::List;
  Merge merge{registries->front(), {}, is_force(site, idiom), site.place};
  const auto add = [&](const Expression& each) {
    const auto name = registry_named(each, site.call_at);
    if (!name) return see(site, "a registry that it merges is not known");
    merge.from.push_back(*name);
  };
  if (is_list)
    for (const Expression& each : given.value->items) add(each);
  else
    add(*given.value);
  if (merge.from.empty()) return;
  found_by(site.at.file, scan);
  found_[site.at.file].merges.push_back(std::move(merge));
}

void PythonReader::read_derived(const ProgramPoint& at, std::size_t scan, const Idiom& idiom) {
  const Statement& made = program_.statement(at);
  const Site site{Site::How::Decorates, at, {}, nullptr, at, nullptr, made.at};
  const auto value_of = [&](const ValueFrom& from) -> std::optional<std::vector<std::string>> {
    if (from.attribute.empty()) return std::vector{from.given.value_or("")};
    const auto meaning = program_.class_attribute(at, from.attribute);
    if (!meaning || !meaning->is(Meaning::Kind::Statement)) return std::nullopt;
    return texts(program_.constant_of(*meaning));
  };
  const auto registries = value_of(idiom.registry);
  const auto oids = value_of(idiom.oid);
  if (!registries || registries->front().empty())
    return see(site, "its registry is no constant of the class");
  if (!oids) return see(site, "its name is no constant of the class");
  if (!may_register(site, scan)) return;
  found_by(at.file, scan);
  FoundSymbol symbol;
  for (const std::string& each : *registries) symbol.registries.push_back(registry_name_of(each));
  symbol.target = program_.dotted_path(at);
  symbol.doc = made.doc;
  symbol.at = made.at;
  for (const std::string& oid : *oids) {
    symbol.oid = oid;
    found_[at.file].symbols.push_back(symbol);
  }
}

}  // namespace reg
