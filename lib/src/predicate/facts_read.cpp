#include <predicate/facts_read.h>
#include <algorithm>
#include <string_view>

namespace reg {
namespace {

// The first name of a path, as it is printed.
std::string_view first_name(std::string_view path) {
  if (!path.starts_with('`')) return path.substr(0, path.find('.'));
  std::size_t end = 1;
  while (end < path.size() && (path[end] != '`' || path.substr(end, 2) == "``"))
    end += path[end] == '`' ? 2 : 1;
  return path.substr(0, end + 1);
}

}  // namespace

void FactsRead::add(const Predicate& predicate, FactPaths& paths) {
  for (std::string& path : predicate.facts()) paths.insert(std::move(path));
  add_called(predicate, paths);
}

void FactsRead::add_called(const Predicate& predicate, FactPaths& paths) {
  for (const PredicateCall& call : predicate.calls()) {
    const FactPaths& read = of(call.name);
    paths.insert(read.begin(), read.end());
  }
}

// A parameter stands for no fact, but what is called does not know the parameters.
const FactPaths& FactsRead::of(const std::string& name) {
  auto [known, is_new] = known_.try_emplace(name);
  const PredicateDefinition* definition = named_.find(name);
  if (!is_new || definition == nullptr) return known->second;
  FactPaths& paths = known->second;
  if (definition->is_fact()) {
    paths.insert(name);
    return paths;
  }
  const std::vector<std::string>& params = definition->params;
  for (std::string& path : definition->expr->facts()) {
    if (std::find(params.begin(), params.end(), first_name(path)) == params.end())
      paths.insert(std::move(path));
  }
  add_called(*definition->expr, paths);
  return paths;
}

}  // namespace reg
