#include <resolve/logilab_callback.h>
#include <resolve/logilab_module.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

using State = ClassAttribute::State;

bool is_text_list(const Json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& one) {
           return one.is_string() && !one.get_ref<const std::string&>().empty();
         });
}

std::string cannot_tell(std::string_view attribute) {
  return "its " + std::string(attribute) + " is no constant that can be told";
}

}  // namespace

LogilabModule::LogilabModule(PythonClasses& classes, std::size_t file, const ResolveInput& input,
                             Found& found)
    : classes_(classes), program_(classes.program()), file_(file), input_(input), found_(found) {
  for (const std::size_t number : input.files[file].scans) {
    const Scan& scan = input.scans[number];
    if (!reads_logilab(scan)) continue;
    keeps_guarded_ |= scan.guarded == Guarded::Keep;
  }
}

const Statement& LogilabModule::statement_of(Id id) const {
  return program_.statement(*classes_[id].at);
}

std::string LogilabModule::target_of(Id id) const { return program_.dotted_path(*classes_[id].at); }

void LogilabModule::see(Position at, std::string what) {
  found_.seen.push_back({at, std::move(what)});
  be_found();
}

void LogilabModule::be_found() {
  for (const std::size_t number : input_.files[file_].scans) {
    if (reads_logilab(input_.scans[number])) found_.found_by(input_.scans[number]);
  }
}

void LogilabModule::load() {
  if (!LogilabCallback(*this).run()) register_all({});
}

void LogilabModule::register_all(const std::set<Id>& but) {
  for (const Id id : classes_by_name()) {
    if (!but.contains(id) && !report(id, refusal(id))) take(id, but);
  }
  note_rebound(but);
  note_instances();
}

std::vector<LogilabModule::Id> LogilabModule::classes_by_name() {
  std::vector<Id> found;
  std::set<std::string_view> names;
  for (const Statement& statement : program_.account(file_).statements) {
    const bool may_be_class = statement.kind == Statement::Kind::Class ||
                              (statement.kind == Statement::Kind::Assign &&
                               statement.value.kind == Expression::Kind::Name);
    if (statement.scope != 0 || !may_be_class || !names.insert(statement.name).second) continue;
    const Meaning meaning = program_.member_of_module(file_, statement.name);
    if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty() ||
        meaning.at.file != file_ || program_.statement(meaning.at).kind != Statement::Kind::Class) {
      continue;
    }
    found.push_back(classes_.id_of(meaning.at));
  }
  return found;
}

// Classes that would be registered if their name did not mean something else in the end.
void LogilabModule::note_rebound(const std::set<Id>& but) {
  const auto& statements = program_.account(file_).statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    if (statement.kind != Statement::Kind::Class || statement.scope != 0 || statement.script_only) {
      continue;
    }
    const Id id = classes_.id_of({file_, i});
    if (registered_.contains(id) || taken_names_.contains(statement.name) || but.contains(id) ||
        reported_.contains(id) || refusal(id)) {
      continue;
    }
    see(statement.at, "the class " + statement.name + ": its name means something else later on");
  }
}

// Instances of RegistrableInstance are registered as they are.
void LogilabModule::note_instances() {
  const auto& statements = program_.account(file_).statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    const Expression& value = statement.value;
    if (statement.kind != Statement::Kind::Assign || statement.scope != 0 ||
        value.kind != Expression::Kind::Call || value.items.empty() ||
        value.items[0].kind != Expression::Kind::Name) {
      continue;
    }
    const std::optional<Id> of = classes_.named(value.items[0].text, {file_, i});
    if (!of || !classes_.derives_from(*of, "RegistrableInstance")) continue;
    see(statement.at, statement.name + ": an instance is registered, which is no class");
  }
}

bool LogilabModule::is_here(Id id) const {
  const std::optional<ProgramPoint>& at = classes_[id].at;
  return at && at->file == file_;
}

// With the bases in this module first.
void LogilabModule::take(Id id, const std::set<Id>& but) {
  const Statement& statement = statement_of(id);
  if (registered_.contains(id) || !taken_names_.insert(statement.name).second) return;
  const bool has_order = classes_.order(id) != nullptr;  // else they may be endlessly many
  for (const Id base : has_order ? classes_.bases_of(id) : std::vector<Id>{}) {
    if (is_here(base)) take(base, but);
  }
  if (but.contains(id) || statement.script_only) return;
  if (report(id, refusal(id)) || report(id, condition(id))) return;
  add(id, {statement.at, {}, {}, {}, false});
}

bool LogilabModule::report(Id id, const std::optional<LogilabRefusal>& refused) {
  if (refused && !refused->seen.empty() && reported_.insert(id).second) {
    const Statement& statement = statement_of(id);
    see(statement.at, "the class " + statement.name + ": " + refused->seen);
  }
  return refused.has_value();
}

std::optional<LogilabRefusal> LogilabModule::condition(Id id) const {
  const Statement& statement = statement_of(id);
  if (statement.name.starts_with('_')) {
    return LogilabRefusal{"logilab leaves out what begins with _"};
  }
  if (statement.repeated) return LogilabRefusal{"it is made in a loop"};
  if (statement.guarded && !keeps_guarded_) return LogilabRefusal{"it is made under a condition"};
  return std::nullopt;
}

std::optional<LogilabRefusal> LogilabModule::refusal(Id id,
                                                     const LogilabRegistration& registration) {
  if (classes_.order(id) == nullptr) {
    if (!statement_of(id).arguments.empty() && is_meant(id)) {
      return LogilabRefusal{"its bases have no order"};
    }
    return LogilabRefusal{};
  }
  if (classes_.derives_from(id, "RegistrableInstance")) return LogilabRefusal{};
  const ClassAttribute abstract = classes_.own(id, "__abstract__");
  if (!abstract.is(State::Missing)) {
    const std::optional<Json> value = classes_.constant(abstract);
    if (!is_meant(id) || (value && truthy(*value))) return LogilabRefusal{};
    return LogilabRefusal{value ? "logilab takes no class that has an __abstract__, be it false"
                                : cannot_tell("__abstract__")};
  }
  LogilabRefusal refused;
  if (!registration.oid && !oid(id, refused)) return refused;
  if (!registration.registry && !registries(id, refused)) return refused;
  const ClassSelect select = select_of(classes_, id);
  if (select.state == ClassSelect::State::Missing) return LogilabRefusal{};
  if (select.state == ClassSelect::State::Untellable) return LogilabRefusal{select.why};
  return std::nullopt;
}

// Whether it has anything by which logilab would register it.
bool LogilabModule::is_meant(Id id) {
  constexpr std::array names{"__regid__", "__registry__", "__registries__", "__select__"};
  return std::any_of(names.begin(), names.end(), [&](const char* name) {
    const ClassAttribute attribute = classes_.inherited(id, name);
    return attribute.is(State::Unclear) ||
           (attribute.is(State::Known) && classes_.constant(attribute) != Json());
  });
}

// Bases that are not read may have what is missing.
LogilabRefusal LogilabModule::missing(Id id, const std::string& what) {
  if (!classes_.has_unknown_bases(id) || !is_meant(id)) return {};
  return {what + " is not known: no base among what is read has one"};
}

std::optional<std::string> LogilabModule::oid(Id id, LogilabRefusal& refused) {
  const ClassAttribute attribute = classes_.inherited(id, "__regid__");
  if (attribute.is(State::Missing)) {
    refused = missing(id, "its __regid__");
    return std::nullopt;
  }
  const std::optional<Json> value = classes_.constant(attribute);
  if (value && !truthy(*value)) {
    refused = {};
  } else if (!value || !value->is_string()) {
    refused = {cannot_tell("__regid__")};
  } else {
    return value->get<std::string>();
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> LogilabModule::registries(Id id, LogilabRefusal& refused) {
  const ClassAttribute all = classes_.inherited(id, "__registries__");
  const bool derived =
      all.is(State::Derived) || (all.is(State::Missing) && classes_.has_unknown_bases(id));
  refused = {};
  if (all.is(State::Missing) && !derived) return std::nullopt;
  const std::string_view name = derived ? "__registry__" : "__registries__";
  const ClassAttribute attribute = derived ? classes_.inherited(id, name) : all;
  if (attribute.is(State::Missing)) {
    refused = missing(id, "its registry");
    return std::nullopt;
  }
  std::optional<Json> value = classes_.constant(attribute);
  if (value && (derived ? value->is_null() : !truthy(*value))) return std::nullopt;
  if (value && derived) value = Json::array({*value});
  if (!value || !is_text_list(*value)) {
    refused = {cannot_tell(name)};
    return std::nullopt;
  }
  return value->get<std::vector<std::string>>();
}

void LogilabModule::add(Id id, const LogilabRegistration& registration) {
  be_found();
  const Statement& statement = statement_of(id);
  LogilabRefusal refused;
  FoundSymbol symbol;
  symbol.registries =
      registration.registry ? std::vector{*registration.registry} : *registries(id, refused);
  symbol.oid = registration.oid ? *registration.oid : *oid(id, refused);
  symbol.target = target_of(id);
  symbol.replaces = registration.replaces;
  symbol.clear = registration.clear;
  symbol.doc = statement.doc;
  symbol.at = registration.at;
  const ClassSelect select = select_of(classes_, id);
  symbol.select = select.select.predicate->to_string();
  registered_.insert(id);
  if (is_here(id)) taken_names_.insert(statement.name);
  declare_facts(select.select.facts, registration.at);
  report_left_out(id, select.select, registration.at);
  if (select.state == ClassSelect::State::Assumed) {
    found_.diagnostics.push_back(
        warning_at(registration.at,
                   "the __select__ of " + statement.name + " is that of a base that is not read",
                   "it is taken for yes()"));
  }
  found_.symbols.push_back(std::move(symbol));
}

// Every file declares the facts that its own predicates test: equal definitions are one.
void LogilabModule::declare_facts(const std::set<std::string>& names, Position at) {
  for (const std::string& name : names) {
    const bool is_elsewhere = input_.predicates != nullptr && input_.predicates->contains(name);
    if (!is_elsewhere && declared_.insert(name).second) {
      found_.predicates.push_back({name, at, PredicateDefinition{}});
    }
  }
}

void LogilabModule::report_left_out(Id id, const TranslatedSelect& select, Position at) {
  for (const LeftOutPart& part : select.left_out) {
    const bool is_here = part.file == file_;
    std::string message = "a part of the __select__ of " + statement_of(id).name;
    if (!is_here) {
      message += " (" +
                 Place{input_.files[part.file].path, part.at.line, part.at.column}.to_string() +
                 ")";
    }
    found_.diagnostics.push_back(
        warning_at(is_here ? part.at : at, message + " is left out: " + part.why));
  }
}

}  // namespace reg
