// Where in a Python file something may be registered, and by which idiom.
#include <resolve/idioms.h>
#include <resolve/match.h>
#include <resolve/python_registration.h>
#include <algorithm>
#include <cctype>

namespace reg {
namespace {

using Kind = Statement::Kind;

constexpr const char* elsewhere = "what it is given for depends on running the code";

bool is_name(const Expression& value) { return value.kind == Expression::Kind::Name; }

// `get().register` has no name, but ends like one.
bool has_callee(const Expression& call) {
  return call.kind == Expression::Kind::Call && !call.items.empty() &&
         call.items[0].kind != Expression::Kind::Call;
}

const Expression* first_positional(const Expression& call) {
  for (const Argument& each : call.arguments)
    if (each.keyword.empty()) return each.value.data();
  return nullptr;
}

// The part before the last dot, and of that the last part.
std::string receiver_name(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string()
                                       : std::string(last_part(path.substr(0, dot)));
}

bool is_of_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || c == '.' || c == '_' || std::isalnum(byte) != 0;
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

PythonReader::PythonReader(const ResolveInput& input, const Program& program,
                           std::vector<Found>& found)
    : input_(input),
      program_(program),
      found_(found),
      words_(words_for(input.scans, input.files)),
      descent_(program, words_),
      registries_(input, program, words_, descent_, found) {}

void PythonReader::read_all() {
  for (std::size_t file = 0; file < input_.files.size(); ++file)
    if (!input_.files[file].scans.empty()) read_file(file);
}

void PythonReader::read_file(std::size_t file) {
  const auto& statements = program_.account(file).statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& each = statements[i];
    const ProgramPoint at{file, i};
    if (each.kind == Kind::Class || each.kind == Kind::Function) read_decorators(at);
    if (each.kind == Kind::Class) read_class(at);
    if (each.kind == Kind::Call || each.kind == Kind::Assign) read_call(at, each.value);
  }
}

// Python applies the lowest first.
void PythonReader::read_decorators(const ProgramPoint& at) {
  const Statement& statement = program_.statement(at);
  for (auto each = statement.decorators.rbegin(); each != statement.decorators.rend(); ++each) {
    Site site{Site::How::Decorates, at, {}, nullptr, at, nullptr, each->at};
    if (has_callee(*each)) {
      site.call = &*each;
      site.callee = each->items[0].text;
    } else if (each->kind == Expression::Kind::Call) {
      see_made(*each, at);
      continue;
    } else {
      site.callee = each->text;
      if (is_name(*each)) {
        if (const auto made = curried(each->text, at)) {
          site.call = made->first;
          site.call_at = made->second;
          site.callee = made->first->items[0].text;
        }
      }
    }
    see_given(*each, at);
    read_site(site);
  }
}

void PythonReader::read_call(const ProgramPoint& at, const Expression& call) {
  if (call.kind != Expression::Kind::Call || call.items.empty()) return;
  see_given(call, at);
  // Of `d(…)(X)(…)` the first two calls register.
  if (call.items[0].kind == Expression::Kind::Call && !has_callee(call.items[0]))
    return read_call(at, call.items[0]);
  Site site{Site::How::Called, at, {}, &call, at, nullptr, call.at};
  const Expression& callee = call.items[0];
  if (callee.kind == Expression::Kind::Call) {
    site.how = Site::How::Applied;
    site.call = &callee;
    site.callee = callee.items[0].text;
    site.object = first_positional(call);
    if (site.object == nullptr) return see_made(call, at);
  } else {
    site.callee = callee.text;
    const auto made = is_name(callee) ? curried(callee.text, at) : std::nullopt;
    const Expression* object = first_positional(call);
    if (made && object != nullptr) {
      site.how = Site::How::Applied;
      site.call = made->first;
      site.call_at = made->second;
      site.callee = made->first->items[0].text;
      site.object = object;
    }
  }
  read_site(site);
}

// `reg = MODELS.register_module()`, and later `@reg`.
std::optional<std::pair<const Expression*, ProgramPoint>> PythonReader::curried(
    const std::string& name, const ProgramPoint& at) const {
  if (!words_.contains(last_part(name))) return std::nullopt;
  const Meaning meaning = program_.meaning_of(name, at);
  if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) return std::nullopt;
  const Statement& made = program_.statement(meaning.at);
  if (made.kind != Kind::Assign || !has_callee(made.value)) return std::nullopt;
  return std::pair{&made.value, meaning.at};
}

void PythonReader::read_site(const Site& site) {
  if (!words_.contains(last_part(site.callee))) return;
  const Callee callee = callee_of(site);
  for (const std::size_t scan : input_.files[site.at.file].scans) {
    const auto& idioms = input_.scans[scan].idioms;
    const bool is_done = std::any_of(idioms.begin(), idioms.end(), [&](const Idiom& idiom) {
      return is_meant(callee, idiom, scan) && apply(site, callee, scan, idiom);
    });
    if (is_done) return;
  }
  // A decorator that is given to something, or returned. One with a name is seen where that is
  // used.
  const bool is_made = site.how == Site::How::Called && site.call_at == site.at &&
                       program_.statement(site.at).kind == Kind::Call;
  if (is_made && is_meant_somehow(callee, site)) return see(site, elsewhere);
  see_other_receiver(site, callee);
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

bool PythonReader::is_meant_somehow(const Callee& callee, const Site& site) const {
  for (const std::size_t scan : input_.files[site.at.file].scans)
    for (const Idiom& idiom : input_.scans[scan].idioms)
      if (is_meant(callee, idiom, scan)) return true;
  return false;
}

// The call that calls of calls begin with makes a decorator, of which nothing more can be told.
void PythonReader::see_made(const Expression& call, const ProgramPoint& at) {
  const Expression* first = &call;
  while (!has_callee(*first) && !first->items.empty()) first = first->items.data();
  if (!has_callee(*first)) return;
  const Site site{Site::How::Called, at, first->items[0].text, first, at, nullptr, call.at};
  if (words_.contains(last_part(site.callee)) && is_meant_somehow(callee_of(site), site))
    see(site, elsewhere);
}

// `partial(R.register, …)`, `map(R.register, …)`, `getattr(R, "register")`.
void PythonReader::see_given(const Expression& call, const ProgramPoint& at) {
  for (const Expression* each = &call; each->kind == Expression::Kind::Call && !each->items.empty();
       each = each->items.data()) {
    for (const Argument& argument : each->arguments)
      if (is_name(argument.value[0])) see_if_registers(argument.value[0].text, *each, at);
    const bool is_attribute = each->items[0].text == "getattr" && each->arguments.size() > 1;
    if (!is_attribute) continue;
    const Expression& object = each->arguments[0].value[0];
    const std::optional<Json> name = program_.constant(each->arguments[1].value[0], at);
    if (is_name(object) && name && name->is_string())
      see_if_registers(object.text + '.' + name->get<std::string>(), *each, at);
  }
}

void PythonReader::see_if_registers(const std::string& name, const Expression& call,
                                    const ProgramPoint& at) {
  if (!words_.contains(last_part(name))) return;
  const Site site{Site::How::Called, at, name, nullptr, at, nullptr, call.at};
  const Callee callee = callee_of(site);
  const bool is_known = callee.registry != nullptr || callee.receiver == Callee::Receiver::None;
  if (is_known && is_meant_somehow(callee, site)) see(site, elsewhere);
}

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
  if (!has_callee(value) || !is_name(value.items[0])) return false;
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

bool PythonReader::is_meant(const Callee& callee, const Idiom& idiom, std::size_t scan) const {
  if (idiom.language != Language::Python ||
      (idiom.form != Idiom::Form::Decorator && idiom.form != Idiom::Form::Call))
    return false;
  if (!idiom.registry.receiver) return descent_.is_named(callee.meaning, idiom.names);
  return std::any_of(idiom.names.begin(), idiom.names.end(), [&](const std::string& name) {
    if (callee.receiver == Callee::Receiver::None || last_part(name) != callee.method) return false;
    if (callee.registry == nullptr) return true;
    const auto& idioms = input_.scans[scan].idioms;
    const bool defines = std::any_of(idioms.begin(), idioms.end(),
                                     [](const Idiom& each) { return each.define.has_value(); });
    return !defines || callee.registry->scans.contains(scan);
  });
}

// Whether the site is one of this idiom's form; it is registered then, or seen.
bool PythonReader::apply(const Site& site, const Callee& callee, std::size_t scan,
                         const Idiom& idiom) {
  if (idiom.form == Idiom::Form::Call && site.how != Site::How::Called) return false;
  if (idiom.form == Idiom::Form::Call && idiom.does == Idiom::Does::Matches) {
    if (may_register(site, scan)) matches(site, callee, scan, idiom);
    return true;
  }
  if (idiom.form == Idiom::Form::Call && idiom.does == Idiom::Does::Merges) {
    if (may_register(site, scan)) merges(site, callee, scan, idiom);
    return true;
  }
  const auto targets = targets_of(site, idiom);
  if (!targets) return false;
  if (may_register(site, scan)) registers(site, callee, scan, idiom, *targets);
  return true;
}

void PythonReader::read_class(const ProgramPoint& at) {
  for (const std::size_t scan : input_.files[at.file].scans)
    for (const Idiom& idiom : input_.scans[scan].idioms) {
      if (idiom.language != Language::Python || idiom.form != Idiom::Form::Class) continue;
      const bool is_named = descent_.is_named({Meaning::Kind::Statement, {}, at, {}}, idiom.names);
      if (!is_named && descent_.derives(at, idiom.names)) read_derived(at, scan, idiom);
    }
}

void find_python(const ResolveInput& input, const Program& program, std::vector<Found>& found) {
  PythonReader(input, program, found).read_all();
}

}  // namespace reg
