// What whoever found nothing may have meant.

#include <reg/query.h>
#include <reg/text.h>
#include <text/some_of.h>
#include <algorithm>

namespace reg {
namespace {

// How many names a hint is looked for among; more are not worth the wait of whoever mistyped one.
constexpr std::size_t most_names = 100'000;

bool is_pattern(std::string_view glob) {
  return glob.find_first_of("*?[\\") != std::string_view::npos;
}

// Who asks all registries is shown no names that begin with two underscores.
std::vector<std::string> shown_oids(const Cache& cache, const SymbolQuery& query) {
  std::vector<std::string> names = cache.oids(query.registry, "", most_names);
  std::erase_if(names, [&query](const std::string& name) {
    return query.registry.empty() && is_private(name);
  });
  return names;
}

// Those that a text stands in.
std::vector<std::string> names_with(const std::string& part,
                                    const std::vector<std::string>& names) {
  std::vector<std::string> found;
  if (part.empty()) return found;
  for (const std::string& name : names) {
    if (name.find(part) != std::string::npos) found.push_back(name);
  }
  return found;
}

// `text` is a name, and no pattern.
std::string hint_for_name(const std::string& text, const std::vector<std::string>& names) {
  const std::vector<std::string> found = names_with(text, names);
  if (found.empty()) return did_you_mean(text, names);
  const std::string would = in_quotes('*' + text + '*') + " would match ";
  if (found.size() == 1) return would + in_quotes(found.front());
  return would + std::to_string(found.size()) + ", such as " + in_quotes(found.front());
}

std::string hint_for(const SymbolQuery& query, const std::vector<std::string>& names) {
  for (const std::string& glob : query.filter) {
    if (is_pattern(glob)) continue;
    if (std::string hint = hint_for_name(glob, names); !hint.empty()) return hint;
  }
  return {};
}

bool has_names(const SymbolQuery& query) {
  return !std::all_of(query.filter.begin(), query.filter.end(), is_pattern);
}

}  // namespace

std::string hint_for_globs(const Cache& cache, const SymbolQuery& query) {
  if (!has_names(query)) return {};
  std::vector<std::string> names = shown_oids(cache, query);
  if (std::any_of(names.begin(), names.end(),
                  [&](const std::string& name) { return query.accepts_name(name); }))
    return {};
  SymbolQuery left = query;
  left.filter.clear();
  std::erase_if(names, [&left](const std::string& name) { return !left.accepts_name(name); });
  return hint_for(query, names);
}

std::string hint_for_registry_globs(const Cache& cache, const SymbolQuery& query) {
  if (!has_names(query)) return {};
  std::vector<std::string> names;
  for (RegistryInfo& registry : cache.registries()) names.push_back(std::move(registry.name));
  return hint_for(query, names);
}

std::string hint_for_target(std::string_view text, const std::vector<std::string>& targets) {
  if (std::string near = did_you_mean(text, targets); !near.empty()) return near;
  const std::vector<std::string> found = names_with(std::string(text), targets);
  if (found.empty()) return {};
  if (found.size() == 1) return "did you mean " + in_quotes(found.front()) + '?';
  return std::to_string(found.size()) + " have that in them: " + some_of(found);
}

std::string hint_for_oid(const Cache& cache, std::string_view oid) {
  const std::size_t slash = oid.find('/');
  const std::string registry(oid.substr(0, slash == std::string_view::npos ? 0 : slash));
  const std::string rest(oid.substr(slash == std::string_view::npos ? 0 : slash + 1));
  if (!cache.implementations(registry, rest).empty())
    return in_quotes(rest) + " is in the registry " + in_quotes(registry) + ": ask for " +
           shell_word(rest) + " with --registry " + registry;
  if (cache.registry(oid))
    return "that is a registry: `reg list " + std::string(oid) + "` has its oids";
  const std::vector<std::string> names = shown_oids(cache, {});
  if (is_pattern(oid)) {
    const auto count = std::count_if(names.begin(), names.end(), [oid](const std::string& name) {
      return glob_match(oid, name);
    });
    if (count == 0) return {};
    return "`reg list --all --filter " + shell_word(oid) + "` has " + std::to_string(count);
  }
  if (std::string near = did_you_mean(oid, names); !near.empty()) return near;
  const std::size_t count = names_with(std::string(oid), names).size();
  if (count == 0) return {};
  return "`reg list --all --filter " + shell_word('*' + std::string(oid) + '*') + "` has " +
         std::to_string(count);
}

std::string only_registry_of(const Cache& cache, std::string_view oid) {
  std::vector<std::string> registries = cache.registries_of(oid);
  if (registries.size() == 1) return std::move(registries.front());
  if (registries.empty())
    throw ObjectNotFound("no registry has " + in_quotes(oid), hint_for_oid(cache, oid));
  std::vector<std::string> own;  // that the workspace itself has it in
  for (const std::string& registry : registries) {
    const std::vector<Symbol> all = cache.implementations(registry, oid);
    if (std::any_of(all.begin(), all.end(),
                    [](const Symbol& symbol) { return origin_of(symbol).empty(); }))
      own.push_back(registry);
  }
  if (own.size() == 1) return std::move(own.front());
  throw UsageError(in_quotes(oid) + " is in " + std::to_string(registries.size()) + " registries",
                   "say which with --registry: " + some_of(registries));
}

}  // namespace reg
