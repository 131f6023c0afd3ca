#include <lint/given_facts.h>
#include <reg/predicate.h>
#include <algorithm>
#include <vector>

namespace reg::linting {
namespace {

void add_paths(const Json& facts, std::vector<std::string>& names, std::set<std::string>& paths) {
  for (const auto& [name, value] : facts.items()) {
    if (!can_be_named(name)) continue;
    names.push_back(name);
    if (value.is_object() && !value.empty()) {
      add_paths(value, names, paths);
    } else {
      paths.insert(print_path(names));
    }
    names.pop_back();
  }
}

}  // namespace

bool can_be_named(const std::string& key) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return !key.empty() && std::none_of(key.begin(), key.end(), is_control);
}

std::set<std::string> paths_in(const Context& context) {
  std::vector<std::string> names;
  std::set<std::string> paths;
  add_paths(context, names, paths);
  return paths;
}

}  // namespace reg::linting
