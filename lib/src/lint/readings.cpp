#include <lint/readings.h>
#include <predicate/node.h>
#include <text/json_text.h>

namespace reg::linting {
namespace {

template <typename Wanted>
std::optional<std::size_t> number_of(const std::string& text, Wanted wanted) {
  std::optional<std::size_t> found;
  std::size_t number = 0;
  ast::each_path(Predicate::parse(text), [&](const ast::Path& path) {
    if (!found && wanted(path)) found = number;
    ++number;
  });
  return found;
}

}  // namespace

const Reading& Readings::of(const std::string& text) { return of_escaped(escaped_text(text)); }

const Reading& Readings::of_escaped(std::string_view escaped) {
  const std::string key(escaped);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  if (known_.size() >= most) known_.clear();
  return known_.emplace(key, read(unescape(escaped))).first->second;
}

Reading Readings::read(const std::string& text) {
  const Predicate predicate = Predicate::parse(text);
  Reading reading;
  facts_.add(predicate, reading.facts);
  add_fields(predicate, reading.fields);
  return reading;
}

void Readings::add_fields(const Predicate& predicate, std::set<std::string>& fields) {
  ast::each_path(predicate, [&](const ast::Path& path) {
    if (path.scope == ast::Scope::Self) fields.insert(path.keys.front());
  });
  for (const PredicateCall& call : predicate.calls()) {
    const std::set<std::string>& called = fields_of(call.name);
    fields.insert(called.begin(), called.end());
  }
}

const std::set<std::string>& Readings::fields_of(const std::string& name) {
  const auto [known, is_new] = fields_.try_emplace(name);
  const PredicateDefinition* definition = named_.find(name);
  if (is_new && definition != nullptr && definition->expr)
    add_fields(*definition->expr, known->second);
  return known->second;
}

std::optional<std::size_t> path_of_fact(const std::string& text, const std::string& fact) {
  return number_of(text, [&](const ast::Path& path) {
    return path.scope == ast::Scope::Context && print_path(path.keys) == fact;
  });
}

std::optional<std::size_t> path_of_field(const std::string& text, const std::string& field) {
  return number_of(text, [&](const ast::Path& path) {
    return path.scope == ast::Scope::Self && path.keys.front() == field;
  });
}

}  // namespace reg::linting
