#include <predicate/path_text.h>
#include <reg/facts.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <registration/known_facts.h>
#include <registration/reads.h>
#include <text/some_of.h>
#include <algorithm>
#include <span>

namespace reg {

using ast::lies_in;

FieldType KnownFacts::type_of(std::string_view path) const {
  for (const Fact& fact : registry_.context) {
    if (fact.path == path) return fact.type;
  }
  return FieldType::Any;
}

bool KnownFacts::knows(std::string_view path) const {
  if (are_declared()) {
    return std::any_of(registry_.context.begin(), registry_.context.end(),
                       [path](const Fact& fact) { return covers(fact, path); });
  }
  return std::any_of(
      registry_.reads.begin(), registry_.reads.end(),
      [path](const std::string& read) { return lies_in(path, read) || lies_in(read, path); });
}

bool KnownFacts::knows_below(std::string_view path) const {
  return std::any_of(registry_.context.begin(), registry_.context.end(),
                     [path](const Fact& fact) { return lies_in(fact.path, path); });
}

std::vector<std::string> KnownFacts::unknown(std::vector<std::string> names,
                                             const Json& value) const {
  std::vector<std::string> found;
  collect_unknown(names, value, found);
  return found;
}

// Null may stand in the place of an object, as it may in that of any other fact.
void KnownFacts::collect_unknown(std::vector<std::string>& names, const Json& value,
                                 std::vector<std::string>& found) const {
  const std::string path = print_path(names);
  if (knows(path)) return;
  const bool is_outer = knows_below(path);
  if (is_outer && value.is_null()) return;
  if (!is_outer || !value.is_object()) {
    found.push_back(path);
    return;
  }
  for (const auto& [name, part] : value.items()) {
    names.push_back(name);
    collect_unknown(names, part, found);
    names.pop_back();
  }
}

std::vector<std::string> KnownFacts::paths() const {
  std::vector<std::string> paths;
  if (!are_declared()) paths = registry_.reads;
  for (const Fact& fact : registry_.context) paths.push_back(fact.path);
  return paths;
}

std::string KnownFacts::hint(const std::string& path) const {
  std::vector<std::string> known = paths();
  if (knows_below(path))
    std::erase_if(known, [&](const std::string& one) { return !lies_in(one, path); });
  else if (std::string near = near_path(path, known); !near.empty())
    return near;
  if (known.empty()) return {};
  return (are_declared() ? "its facts are " : "they read ") + some_of(known);
}

std::vector<std::string> misspelled_facts(const RegistryInfo& registry, const Context& facts) {
  const KnownFacts known(registry);
  const std::vector<std::string> paths = known.paths();
  std::vector<std::string> found;
  for (const auto& [name, value] : facts.items()) {
    const bool is_path = name.find('.') != std::string::npos &&
                         std::find(paths.begin(), paths.end(), name) != paths.end();
    if (is_path && !known.knows(print_path(std::span(&name, 1)))) found.push_back(name);
  }
  return found;
}

std::string near_path(const std::string& path, const std::vector<std::string>& paths) {
  for (const std::string& name : {path, path.substr(0, path.find('.'))}) {
    if (std::string near = did_you_mean(name, paths); !near.empty()) return near;
  }
  return {};
}

}  // namespace reg
