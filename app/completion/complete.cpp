#include "complete.h"

#include "../command_line.h"
#include "../render/printable.h"
#include "../session.h"
#include "facts.h"
#include "from_cache.h"
#include "typed_line.h"

#include <reg/lint_rules.h>
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace reg::app {

namespace {

// What a value's name in the help stands for.
struct CacheValue {
  std::string_view name;
  Offers (*offer)(const Cache& cache, const TypedLine& line);
};
constexpr std::array<CacheValue, 12> cache_values = {{{"REGISTRY", offer_registries},
                                                      {"INTO", offer_registries},
                                                      {"FROM", offer_registries},
                                                      {"OID", offer_oids},
                                                      {"REGISTRY/OID", offer_objects},
                                                      {"REGISTRY[/OID]", offer_objects},
                                                      {"GLOB", offer_listed},
                                                      {"FIELD", offer_column},
                                                      {"A,B", offer_columns},
                                                      {"FACTS", offer_facts},
                                                      {"KEY=VALUE", offer_info},
                                                      {"TARGET", offer_targets}}};

Offers offer_names(const std::vector<std::string>& names) {
  Offers offers;
  for (const std::string& name : names) offers.push_back({name});
  return offers;
}

Offers offer_commands() {
  Offers offers;
  for (const Command& command : commands())
    offers.push_back({std::string(command.name), std::string(command.summary)});
  return offers;
}

// Without those that are given already and count once only.
Offers offer_options(const TypedLine& line) {
  Offers offers;
  for (const Argument& argument : line.arguments.all()) {
    if (argument.positional() || (line.has(long_name(argument)) && !argument.repeats())) continue;
    offers.push_back({long_name(argument), argument.help});
  }
  return offers;
}

Offers offer_codes() {
  Offers offers{{std::string(all_lint_rules), "every code"}};
  for (const LintRule& rule : lint_rules())
    offers.push_back({std::string(rule.code), std::string(rule.summary)});
  return offers;
}

Offers offer_formats(const TypedLine& line) {
  Offers offers = offer_names(format_names());
  if (line.command != nullptr && !line.command->own_format.empty())
    offers.push_back({std::string(line.command->own_format)});
  return offers;
}

std::optional<Offers> offer_fixed(const std::string& what) {
  if (what == "COMMAND") return offer_commands();
  if (what == "CODE") return offer_codes();
  if (what == "WHEN") return offer_names({"auto", "always", "never"});
  if (what == "SHELL") return offer_names({"bash", "zsh", "fish"});
  if (what == "ACTION") {
    return Offers{{"path", "print where the cache is"},
                  {"verify", "check the whole of it"},
                  {"clear", "remove it, but no source"}};
  }
  return std::nullopt;
}

bool is_for(const TypedLine& line, std::string_view command) {
  return line.command != nullptr && line.command->name == command;
}

Paths paths_for(const TypedLine& line, const Argument& wanted) {
  const std::string& what = wanted.positional() ? wanted.names : wanted.value;
  if (what == "DIR") return Paths::Folders;
  const bool sources = what == "TARGET" && is_for(line, "auto-register");
  const bool caches = is_for(line, "diff") && wanted.positional();
  return what == "FILE" || sources || caches ? Paths::Files : Paths::None;
}

// A new implementation has a target of its own, and a fact for `when` is in no cache.
bool is_made_up(const TypedLine& line, const Argument& wanted) {
  return (wanted.names == "TARGET" && is_for(line, "register")) || wanted.names == "--define";
}

Offers offer_from_cache(const TypedLine& line, const Argument& wanted) {
  const auto open = [&] { return Cache::open(workspace_of(line.globals).cache()); };
  const std::string& what = wanted.positional() ? wanted.names : wanted.value;
  if (wanted.names == "--where") return offer_where(open(), line);
  if (wanted.names == "--select") return offer_select(open(), line);
  const auto known = std::find_if(cache_values.begin(), cache_values.end(),
                                  [&](const CacheValue& value) { return value.name == what; });
  if (known == cache_values.end() || is_made_up(line, wanted)) return {};
  return known->offer(open(), line);
}

Completion completion_for(const TypedLine& line) {
  const bool option_begun = line.word.starts_with('-') && !line.only_positionals;
  const Argument* wanted = line.wanted();
  if (line.option == nullptr && !line.before.empty()) return {};
  if (line.option == nullptr && option_begun) return {offer_options(line)};
  if (line.option == nullptr && line.command == nullptr) return {offer_commands()};
  if (wanted == nullptr)
    return line.word.empty() && !line.only_positionals ? Completion{offer_options(line)}
                                                       : Completion();
  if (const Paths paths = paths_for(line, *wanted); paths != Paths::None) return {{}, paths};
  const std::string& what = wanted->positional() ? wanted->names : wanted->value;
  if (what == "FORMAT") return {offer_formats(line)};
  if (auto offers = offer_fixed(what)) return {std::move(*offers)};
  return {offer_from_cache(line, *wanted)};
}

bool is_printable(const std::string& text) { return printable(text) == text; }

// One line, without the marks that its help has for its own lines.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return printable(text);
}

}  // namespace

Completion complete(const std::vector<std::string>& words) {
  try {
    const TypedLine line = take_apart(words);
    Completion found = completion_for(line);
    std::erase_if(found.offers, [&](const Offer& offer) {
      return !offer.text.starts_with(line.word) || !is_printable(offer.text);
    });
    if (found.offers.size() > most_offers) found.offers.resize(most_offers);
    for (Offer& offer : found.offers) {
      offer.text.insert(0, line.before);
      offer.description = one_line(std::move(offer.description));
    }
    return found;
  } catch (const RegistryError&) {
    return {};
  }
}

}  // namespace reg::app
