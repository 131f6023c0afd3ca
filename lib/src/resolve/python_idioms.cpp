// Where in a Python file something may be registered, and by which idiom.
#include <resolve/idioms.h>
#include <resolve/match.h>
#include <resolve/python_registration.h>
#include <algorithm>

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

void PythonReader::read_decorators(const ProgramPoint& at) {
  const Statement& statement = program_.statement(at);
  for (const Expression& each : statement.decorators) {
    Site site{Site::How::Decorates, at, {}, nullptr, at, nullptr, each.at};
    if (has_callee(each)) {
      site.call = &each;
      site.callee = each.items[0].text;
    } else if (each.kind == Expression::Kind::Call) {
      see_made(each, at);
      continue;
    } else {
      site.callee = each.text;
      if (is_name(each)) {
        if (const auto made = curried(each.text, at)) {
          site.call = made->first;
          site.call_at = made->second;
          site.callee = made->first->items[0].text;
        }
      }
    }
    see_given(each, at);
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
