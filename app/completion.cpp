#include "completion.h"

#include "command.h"
#include "command_line.h"
#include "session.h"

#include <reg/cache.h>
#include <reg/workspace.h>
#include <algorithm>
#include <array>
#include <optional>

namespace reg::app {

namespace {

using Words = std::vector<std::string>;

// No shell shows more of them in a useful way.
constexpr std::size_t most_candidates = 1000;

// What has been typed, taken apart.
struct Line {
  const Command* command = nullptr;
  Arguments arguments;
  Globals globals;
  Words positionals;                // those before the last word
  const Argument* value = nullptr;  // the option whose value the last word is
  std::string word;                 // the last one, so far
  std::string before;               // what of it the candidates must repeat: `--registry=`
};

bool has_name(const Argument& argument, std::string_view word) {
  std::string_view names = argument.names;
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    if (names.substr(0, comma) == word) return true;
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return false;
}

const Argument* option_named(const Arguments& arguments, std::string_view word) {
  const auto found = std::find_if(
      arguments.all().begin(), arguments.all().end(),
      [&](const Argument& argument) { return !argument.positional() && has_name(argument, word); });
  return found == arguments.all().end() ? nullptr : &*found;
}

// Takes one word that is finished.
void take(Line& line, const std::string& word) {
  if (line.value != nullptr) {
    if (has_name(*line.value, "--workspace")) line.globals.workspace = word;
    if (has_name(*line.value, "--cache")) line.globals.cache = word;
    line.value = nullptr;
  } else if (const Argument* option = option_named(line.arguments, word)) {
    if (!option->value.empty()) line.value = option;
  } else if (word.starts_with("--workspace=")) {
    line.globals.workspace = word.substr(word.find('=') + 1);
  } else if (word.starts_with("--cache=")) {
    line.globals.cache = word.substr(word.find('=') + 1);
  } else if (!word.starts_with('-') && line.command == nullptr) {
    line.command = &command_named(word);
    line.arguments = Arguments();
    line.command->setup(line.arguments);
    if (answers_from_cache(*line.command)) declare_fresh(line.arguments, line.globals);
    declare_globals(line.arguments, line.globals);
  } else if (!word.starts_with('-')) {
    line.positionals.push_back(word);
  }
}

void take_last(Line& line, const std::string& word) {
  line.word = word;
  const std::size_t equals = word.find('=');
  if (line.value != nullptr || !word.starts_with("--") || equals == std::string::npos) return;
  line.value = option_named(line.arguments, word.substr(0, equals));
  line.before = word.substr(0, equals + 1);
  line.word = word.substr(equals + 1);
}

Words command_names() {
  Words names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  return names;
}

Words option_names(const Arguments& arguments) {
  Words names;
  for (const Argument& argument : arguments.all()) {
    if (!argument.positional())
      names.push_back(argument.names.substr(argument.names.rfind(',') + 1));
  }
  return names;
}

// What the word is a value of: the name that the help gives it, such as REGISTRY.
std::string expected(const Line& line) {
  if (line.value != nullptr) return line.value->value;
  std::size_t skip = line.positionals.size();
  for (const Argument& argument : line.arguments.all()) {
    if (argument.positional() && (skip-- == 0 || argument.repeats())) return argument.names;
  }
  return {};
}

std::optional<Words> fixed_values(const std::string& what) {
  if (what == "FORMAT") return Words{"table", "json", "jsonl", "csv", "tsv", "name"};
  if (what == "WHEN") return Words{"auto", "always", "never"};
  if (what == "SHELL") return Words{"bash", "zsh", "fish"};
  if (what == "ACTION") return Words{"path", "verify", "clear"};
  return std::nullopt;
}

Words registry_names(const Cache& cache) {
  Words names;
  for (const RegistryInfo& info : cache.registries()) names.push_back(info.name);
  return names;
}

// `REGISTRY/` until there is a slash, then the oids of that registry.
Words object_names(const Cache& cache, const std::string& word) {
  const std::size_t slash = word.find('/');
  if (slash == std::string::npos) {
    Words names = registry_names(cache);
    for (std::string& name : names) name += '/';
    return names;
  }
  Words names = cache.oids(word.substr(0, slash), word.substr(slash + 1), most_candidates);
  for (std::string& name : names) name.insert(0, word, 0, slash + 1);
  return names;
}

Words field_names(const Cache& cache, const Line& line) {
  Words names;
  const std::string registry =
      line.positionals.empty() ? "" : line.positionals[0].substr(0, line.positionals[0].find('/'));
  for (const RegistryInfo& info : cache.registries()) {
    if (!registry.empty() && info.name != registry) continue;
    for (const Field& field : info.fields) names.push_back(field.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// The names of a list stand behind commas: only the last one is open.
Words field_lists(const Cache& cache, const Line& line) {
  const std::size_t open = line.word.rfind(',') + 1;
  Words names = field_names(cache, line);
  for (std::string& name : names) name.insert(0, line.word, 0, open);
  return names;
}

Words values_from_cache(const Line& line, const std::string& what) {
  static constexpr std::array<std::string_view, 6> known = {"REGISTRY", "INTO",  "FROM",
                                                            "OID",      "FIELD", "A,B"};
  if (what != "REGISTRY/OID" && std::find(known.begin(), known.end(), what) == known.end())
    return {};
  const Cache cache = Cache::open(workspace_of(line.globals).cache());
  if (what == "REGISTRY/OID") return object_names(cache, line.word);
  if (what == "FIELD") return field_names(cache, line);
  if (what == "A,B") return field_lists(cache, line);
  if (what != "OID") return registry_names(cache);
  // `unregister REGISTRY OID`: only those of that registry.
  const bool after_registry = !line.positionals.empty() && line.value == nullptr;
  return cache.oids(after_registry ? line.positionals[0] : "", line.word, most_candidates);
}

Words candidates(const Line& line) {
  if (line.value == nullptr && line.word.starts_with('-')) return option_names(line.arguments);
  if (line.command == nullptr && line.value == nullptr) return command_names();
  const std::string what = expected(line);
  if (auto values = fixed_values(what)) return *values;
  return values_from_cache(line, what);
}

}  // namespace

std::vector<std::string> complete(const std::vector<std::string>& words) {
  try {
    Line line;
    declare_globals(line.arguments, line.globals);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) take(line, words[i]);
    take_last(line, words.empty() ? std::string() : words.back());
    Words found = candidates(line);
    std::erase_if(found, [&](const std::string& name) { return !name.starts_with(line.word); });
    for (std::string& name : found) name.insert(0, line.before);
    return found;
  } catch (const RegistryError&) {
    return {};
  }
}

}  // namespace reg::app
