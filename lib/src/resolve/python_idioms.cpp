// Where in a Python file something may be registered, and by which idiom.
#include <resolve/idioms.h>
#include <resolve/match.h>
#include <resolve/python_registration.h>
#include <algorithm>

namespace reg {
namespace {

using Kind = Statement::Kind;

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

bool is_likely_registry(std::string_view variable, std::string_view method) {
  if (is_capitals(variable)) return true;
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
    read_site(site);
  }
}

void PythonReader::read_call(const ProgramPoint& at, const Expression& call) {
  if (call.kind != Expression::Kind::Call || call.items.empty()) return;
  Site site{Site::How::Called, at, {}, &call, at, nullptr, call.at};
  const Expression& callee = call.items[0];
  if (callee.kind == Expression::Kind::Call) {
    if (!has_callee(callee)) return;
    site.how = Site::How::Applied;
    site.call = &callee;
    site.callee = callee.items[0].text;
    site.object = first_positional(call);
    if (site.object == nullptr) return;
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
}

Callee PythonReader::callee_of(const Site& site) const {
  Callee callee;
  const Meaning meaning = program_.meaning_of(site.callee, site.call_at);
  callee.path = program_.path_of(meaning);
  callee.method = last_part(callee.path.empty() ? std::string_view(site.callee)
                                                : std::string_view(callee.path));
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
    case Meaning::Kind::Unknown: {
      // What a function is given is its callers' matter.
      const std::string_view first = std::string_view(site.callee).substr(0, site.callee.find('.'));
      if (first == "self" || first == "cls" || program_.is_local(first, site.call_at)) return;
      if (is_likely || !is_common_method(callee.method))
        callee.receiver = Callee::Receiver::Computed;
      return;
    }
    case Meaning::Kind::Statement:
      break;
  }
  const Statement& made = program_.statement(meaning.at);
  if (made.kind != Kind::Assign || meaning.rest.empty()) return;
  if (meaning.rest.size() == 1) return set_assigned(callee, meaning.at);
  if (is_likely) callee.receiver = Callee::Receiver::Named;
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
  if (has_callee(value) && is_name(value.items[0])) {
    const Meaning maker = program_.meaning_of(value.items[0].text, made);
    if (maker.is(Meaning::Kind::Statement) && program_.statement(maker.at).kind == Kind::Class)
      return;  // an object of another class
  }
  callee.receiver = Callee::Receiver::Named;
}

bool PythonReader::is_meant(const Callee& callee, const Idiom& idiom, std::size_t scan) const {
  if (idiom.language != Language::Python ||
      (idiom.form != Idiom::Form::Decorator && idiom.form != Idiom::Form::Call))
    return false;
  return std::any_of(idiom.names.begin(), idiom.names.end(), [&](const std::string& name) {
    if (!idiom.registry.receiver) return !callee.path.empty() && is_meant_by(callee.path, name);
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
      const std::string path = program_.dotted_path(at);
      const bool is_named =
          std::any_of(idiom.names.begin(), idiom.names.end(),
                      [&](const std::string& name) { return is_meant_by(path, name); });
      if (!is_named && descent_.derives(at, idiom.names)) read_derived(at, scan, idiom);
    }
}

void find_python(const ResolveInput& input, const Program& program, std::vector<Found>& found) {
  PythonReader(input, program, found).read_all();
}

}  // namespace reg
