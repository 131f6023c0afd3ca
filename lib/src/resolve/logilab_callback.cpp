#include <resolve/logilab_callback.h>
#include <algorithm>
#include <array>
#include <utility>

namespace reg {
namespace {

constexpr std::string_view callback_name = "registration_callback";

const Expression* argument_of(const Expression& call, std::string_view keyword,
                              std::size_t position) {
  for (const Argument& argument : call.arguments) {
    if (argument.keyword == keyword) return &argument.value[0];
  }
  if (position >= call.arguments.size()) return nullptr;
  const Argument& argument = call.arguments[position];
  return argument.keyword.empty() ? &argument.value[0] : nullptr;
}

bool is_spread(const Expression& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [](const Argument& argument) {
    return argument.keyword == "*" || argument.keyword == "**";
  });
}

std::string_view callee_of(const Expression& call) {
  if (call.items.empty() || call.items[0].kind != Expression::Kind::Name) return {};
  return call.items[0].text;
}

bool is_method(std::string_view name) {
  constexpr std::array<std::string_view, 4> methods{"register", "register_all",
                                                    "register_and_replace", "unregister"};
  return std::find(methods.begin(), methods.end(), name) != methods.end();
}

std::string_view first_part(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

}  // namespace

std::optional<ProgramPoint> LogilabCallback::function() const {
  const Meaning meaning = program_.member_of_module(module_.file_, callback_name);
  if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) return std::nullopt;
  return meaning.at;
}

bool LogilabCallback::run() {
  const std::optional<ProgramPoint> at = function();
  if (!at) {
    const auto bound = program_.bound_names(module_.file_);
    if (std::find(bound.begin(), bound.end(), callback_name) == bound.end()) return false;
    module_.see({1, 1}, "what the module's registration_callback says cannot be told");
    return true;
  }
  const Statement& callback = program_.statement(*at);
  if (callback.kind != Statement::Kind::Function || at->file != module_.file_) {
    module_.see({1, 1}, "the module's registration_callback is no function of its own");
    return true;
  }
  body_ = callback.body;
  const auto& statements = program_.account(module_.file_).statements;
  for (std::size_t i = at->statement + 1; i < statements.size(); ++i) {
    if (stands_in(statements[i].scope)) read(statements[i], {module_.file_, i});
  }
  return true;
}

// In the function, or in one within it.
bool LogilabCallback::stands_in(std::uint32_t scope) const {
  const auto& scopes = program_.account(module_.file_).scopes;
  while (scope != 0 && scope != body_) scope = scopes[scope].parent;
  return scope != 0;
}

void LogilabCallback::read(const Statement& statement, const ProgramPoint& at) {
  if (statement.kind != Statement::Kind::Call) note_name(statement);
  if (statement.value.kind != Expression::Kind::Call || !speaks_of_registry(statement.value))
    return;
  const std::string_view method = method_of(statement.value);
  if (method.empty()) return see(statement, "what becomes of the registry is not known");
  if (statement.scope != body_) return see(statement, "it stands in a function of its own");
  if (statement.repeated) return see(statement, "it stands in a loop");
  if (statement.guarded && !module_.keeps_guarded_) {
    return see(statement, "it stands under a condition");
  }
  if (is_spread(statement.value)) return see(statement, "its arguments cannot be told");
  carry_out(statement, at, method);
}

// The first name that is bound in the function is its parameter.
void LogilabCallback::note_name(const Statement& statement) {
  if (statement.scope != body_) return;
  const bool is_parameter =
      statement.kind == Statement::Kind::Bind && !std::exchange(has_parameter_, true);
  const bool is_alias = statement.kind == Statement::Kind::Assign &&
                        statement.value.kind == Expression::Kind::Name &&
                        is_registry(statement.value.text);
  if (is_parameter || is_alias) {
    registry_names_.insert(statement.name);
  } else if (!statement.guarded) {
    registry_names_.erase(statement.name);
  }
}

bool LogilabCallback::is_registry(std::string_view name) const {
  const std::string_view first = first_part(name);
  if (!registry_names_.contains(first)) return false;
  return first.size() == name.size() || is_method(name.substr(first.size() + 1));
}

bool LogilabCallback::speaks_of_registry(const Expression& call) const {
  // `getattr(vreg, "register")(A)`
  const bool is_made = !call.items.empty() && call.items[0].kind == Expression::Kind::Call;
  if (is_made && speaks_of_registry(call.items[0])) return true;
  if (registry_names_.contains(first_part(callee_of(call)))) return true;
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const Argument& argument) {
    const Expression& value = argument.value[0];
    return value.kind == Expression::Kind::Name && is_registry(value.text);
  });
}

// `register` of `vreg.register(…)`; empty: it is nothing of that kind.
std::string_view LogilabCallback::method_of(const Expression& call) const {
  const std::string_view callee = callee_of(call);
  const std::string_view receiver = first_part(callee);
  if (!registry_names_.contains(receiver) || receiver.size() == callee.size()) return {};
  const std::string_view method = callee.substr(receiver.size() + 1);
  return is_method(method) ? method : std::string_view();
}

void LogilabCallback::carry_out(const Statement& statement, const ProgramPoint& at,
                                std::string_view method) {
  if (method == "register") return do_register(statement, at);
  if (method == "register_all") return do_register_all(statement, at);
  if (method == "unregister") return do_unregister(statement, at);
  do_replace(statement, at);
}

void LogilabCallback::do_register(const Statement& call, const ProgramPoint& at) {
  const std::optional<Id> id = given_class(call, at);
  LogilabRegistration registration;
  registration.at = call.at;
  if (!id || !read_text(call, at, "registryname", 1, registration.registry) ||
      !read_text(call, at, "oid", 2, registration.oid)) {
    return;
  }
  if (const Expression* clear = argument_of(call.value, "clear", 3)) {
    const std::optional<Json> value = program_.constant(*clear, at);
    if (!value) return see(call, "whether it clears cannot be told");
    registration.clear = truthy(*value);
  }
  add(*id, call, registration);
}

void LogilabCallback::do_replace(const Statement& call, const ProgramPoint& at) {
  const std::optional<Id> id = given_class(call, at);
  LogilabRegistration registration;
  registration.at = call.at;
  if (!id || !read_text(call, at, "registryname", 2, registration.registry)) return;
  const std::optional<std::string> target = replaced(call, at);
  // To register it beside the other would make two of one.
  if (!target) return see(call, "what it replaces cannot be told");
  registration.replaces = *target;
  add(*id, call, registration);
}

std::optional<std::string> LogilabCallback::replaced(const Statement& call,
                                                     const ProgramPoint& at) {
  const Expression* value = argument_of(call.value, "replaced", 1);
  if (value == nullptr) return std::nullopt;
  if (value->kind == Expression::Kind::Name) {
    if (const std::optional<Id> id = classes_.named(value->text, at)) return module_.target_of(*id);
    const Meaning meaning = program_.meaning_of(value->text, at);
    if (meaning.is(Meaning::Kind::External)) return meaning.path;
  }
  const std::optional<Json> text = program_.constant(*value, at);
  if (!text || !text->is_string()) return std::nullopt;
  return text->get<std::string>();
}

void LogilabCallback::do_unregister(const Statement& call, const ProgramPoint& at) {
  const std::optional<Id> id = given_class(call, at);
  std::optional<std::string> registry;
  if (!id || !read_text(call, at, "registryname", 1, registry)) return;
  LogilabRefusal refused;
  const auto registries =
      registry ? std::optional(std::vector{*registry}) : module_.registries(*id, refused);
  const std::optional<std::string> oid = registries ? module_.oid(*id, refused) : std::nullopt;
  if (!registries || !oid) return see(call, "where the class is registered cannot be told");
  for (const std::string& one : *registries) {
    module_.found_.unregistrations.push_back({one, *oid, module_.target_of(*id), call.at});
  }
  module_.registered_.erase(*id);
}

void LogilabCallback::do_register_all(const Statement& call, const ProgramPoint& at) {
  const Expression* objects = argument_of(call.value, "objects", 0);
  if (objects == nullptr || !is_this_module(call, at)) {
    return see(call, "of which module cannot be told");
  }
  std::optional<std::set<Id>> but = std::set<Id>();
  if (const Expression* list = argument_of(call.value, "butclasses", 2)) {
    but = classes_in(*list, at);
  }
  if (!but) return see(call, "what it leaves out cannot be told");
  if (is_whole_module(*objects)) return module_.register_all(*but);
  const std::optional<std::set<Id>> classes = classes_in(*objects, at);
  if (!classes) return see(call, "of which classes cannot be told");
  for (const Id id : *classes) {
    if (module_.is_here(id)) module_.take(id, *but);
  }
}

bool LogilabCallback::is_this_module(const Statement& call, const ProgramPoint& at) const {
  const Expression* name = argument_of(call.value, "modname", 1);
  if (name == nullptr) return false;
  if (name->kind == Expression::Kind::Name && name->text == "__name__") return true;
  const std::optional<Json> text = program_.constant(*name, at);
  return text && *text == program_.module_name(module_.file_);
}

// globals().values(), also as a list.
bool LogilabCallback::is_whole_module(const Expression& value) const {
  constexpr std::array copies{"list", "tuple", "set", "sorted"};
  if (value.kind != Expression::Kind::Call || value.items.empty()) return false;
  const Expression& callee = value.items[0];
  if (callee.kind == Expression::Kind::Other) return callee.text == "globals().values";
  const bool is_copy = std::find(copies.begin(), copies.end(), callee.text) != copies.end();
  return is_copy && value.arguments.size() == 1 && is_whole_module(value.arguments[0].value[0]);
}

std::optional<std::set<LogilabCallback::Id>> LogilabCallback::classes_in(const Expression& list,
                                                                         const ProgramPoint& at) {
  const Expression* items = &list;
  ProgramPoint place = at;
  if (list.kind == Expression::Kind::Name) {
    const Meaning meaning = program_.meaning_of(list.text, at);
    if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) return std::nullopt;
    const Statement& statement = program_.statement(meaning.at);
    if (statement.kind != Statement::Kind::Assign) return std::nullopt;
    items = &statement.value;
    place = meaning.at;
  }
  if (items->kind != Expression::Kind::List) return std::nullopt;
  std::set<Id> found;
  for (const Expression& item : items->items) {
    if (item.kind != Expression::Kind::Name) return std::nullopt;
    const std::optional<Id> id = classes_.named(item.text, place);
    if (id) {
      found.insert(*id);
    } else if (!program_.meaning_of(item.text, place).is(Meaning::Kind::External)) {
      return std::nullopt;
    }
  }
  return found;
}

std::optional<LogilabCallback::Id> LogilabCallback::given_class(const Statement& call,
                                                                const ProgramPoint& at) {
  const Expression* value = argument_of(call.value, "obj", 0);
  if (value != nullptr && value->kind == Expression::Kind::Name) {
    if (const std::optional<Id> id = classes_.named(value->text, at)) return id;
  }
  see(call, "its class is not known");
  return std::nullopt;
}

bool LogilabCallback::read_text(const Statement& call, const ProgramPoint& at,
                                std::string_view keyword, std::size_t position,
                                std::optional<std::string>& text) {
  const Expression* value = argument_of(call.value, keyword, position);
  if (value == nullptr) return true;
  const std::optional<Json> constant = program_.constant(*value, at);
  if (constant && !truthy(*constant)) return true;  // as if it were not given
  if (!constant || !constant->is_string()) {
    see(call, "its " + std::string(keyword) + " cannot be told");
    return false;
  }
  text = constant->get<std::string>();
  return true;
}

// Unlike register_all, this takes what begins with `_`, and asserts what that would pass over.
void LogilabCallback::add(Id id, const Statement& call, const LogilabRegistration& registration) {
  if (module_.registered_.contains(id) && !registration.registry && !registration.oid &&
      !registration.clear && registration.replaces.empty()) {
    return see(call, "the class is registered already");
  }
  std::optional<LogilabRefusal> refused = module_.refusal(id, registration);
  if (!refused) return module_.add(id, registration);
  see(call, refused->seen.empty() ? "logilab does not take this class" : refused->seen);
}

void LogilabCallback::see(const Statement& call, std::string_view why) {
  module_.see(call.at, std::string(callee_of(call.value)) + "(…): " + std::string(why));
}

}  // namespace reg
