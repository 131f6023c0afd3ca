#include "facts.h"

#include "from_cache.h"

#include <reg/fact_uses.h>
#include <reg/facts.h>
#include <reg/host.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace reg::app {

namespace {

constexpr std::string_view host_word = "@host";

// The word up to its `=`, taken apart; nothing where there is none yet.
struct Key {
  std::string path;   // as predicates name it
  std::string typed;  // with the `=`
};

std::optional<Key> key_of(const std::string& word) {
  try {
    const Assignment assignment = parse_assignment(word, "--ctx");
    return Key{print_path(assignment.names), word.substr(0, word.size() - assignment.value.size())};
  } catch (const InputError&) {
    return std::nullopt;
  }
}

// The text that is read as that value.
std::string written(const Json& value, FieldType type) {
  const std::string text = value_text(value);
  return read_value(text, type) == value ? text : to_text(value);
}

Offers value_offers(const std::vector<Json>& values, FieldType type, const std::string& typed) {
  Offers offers;
  for (const Json& value : values) offers.push_back({typed + written(value, type)});
  return offers;
}

Offers values_of_type(FieldType type, const std::string& typed) {
  if (type != FieldType::Bool) return {};
  return value_offers({true, false}, type, typed);
}

// A person waits for no more than this takes.
constexpr FactUseLimits limits = {20'000, most_offers, 0};

// The facts of the oid that is selected, or else of the registries that the line is about, where
// only one of them is of interest: as `reg facts` shows them.
std::vector<FactUse> uses_of(const Cache& cache, const TypedLine& line) {
  const std::string oid = line.command->name == "select" && !line.positionals.empty()
                              ? line.positionals.front()
                              : std::string();
  std::vector<FactUse> uses;
  for (const RegistryInfo& registry : registries_of(cache, line)) {
    FactUses found = fact_uses(cache, registry.name, oid, limits);
    std::move(found.facts.begin(), found.facts.end(), std::back_inserter(uses));
  }
  return uses;
}

// What a value could be that is given for the fact: not what is looked for in it.
bool is_a_value(const FactComparison& one) {
  switch (one.test) {
    case FactTest::Contains:
    case FactTest::Glob:
    case FactTest::Truth:
    case FactTest::Presence:
    case FactTest::Score:
      return false;
    default:
      return !one.value.is_null();
  }
}

void add_compared(Offers& offers, const FactUse& use, FieldType declared,
                  const std::string& typed) {
  for (const FactComparison& one : use.comparisons) {
    if (!is_a_value(one) || !holds(declared, one.value)) continue;
    const FieldType read_as = one.is_version ? FieldType::Version : FieldType::Any;
    const std::string text =
        typed + written(one.value, declared == FieldType::Any ? read_as : declared);
    const bool is_new = std::none_of(offers.begin(), offers.end(),
                                     [&](const Offer& offer) { return offer.text == text; });
    if (is_new) offers.push_back({text});
  }
}

Offers fact_values(const Cache& cache, const TypedLine& line, const Key& key) {
  Fact fact{key.path};
  for (const Fact& known : known_facts(registries_of(cache, line))) {
    if (known.path == key.path) fact = known;
  }
  if (!fact.values.empty()) return value_offers(fact.values, fact.type, key.typed);
  if (fact.type == FieldType::Bool) return values_of_type(fact.type, key.typed);
  Offers offers;
  for (const FactUse& use : uses_of(cache, line)) {
    if (use.fact.path == key.path) add_compared(offers, use, fact.type, key.typed);
  }
  return offers;
}

// Of one oid, what its implementations read is known at once; of whole registries, from the cache's
// head.
std::vector<Fact> facts_for_line(const Cache& cache, const TypedLine& line) {
  if (line.command->name != "select" || line.positionals.empty())
    return known_facts(registries_of(cache, line));
  std::map<std::string, Fact> facts;
  for (FactUse& use : uses_of(cache, line)) {
    const std::string path = use.fact.path;
    facts.emplace(path, std::move(use.fact));
  }
  std::vector<Fact> found;
  found.reserve(facts.size());
  for (auto& [path, fact] : facts) found.push_back(std::move(fact));
  return found;
}

// The keys of the option that is being completed that the line has already.
std::set<std::string> keys_given(const TypedLine& line) {
  std::set<std::string> keys;
  for (const std::string& value : line.values_of(long_name(*line.option))) {
    if (const auto key = key_of(value)) keys.insert(key->path);
  }
  return keys;
}

// What `--ctx` would override: `"cpu" in [context]`.
std::string in_context(const Context& base, const std::string& path) {
  const Json* value = &base;
  for (const std::string& name : parse_path(path)) {
    if (!value->is_object() || !value->contains(name)) return {};
    value = &(*value)[name];
  }
  return to_text(*value) + " in [context]";
}

std::string beside(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + "; " + b;
}

void add_leaves(const Json& facts, std::vector<std::string>& names, Offers& offers) {
  for (const auto& [name, value] : facts.items()) {
    names.push_back(name);
    offers.push_back({'~' + print_path(names), to_text(value)});
    if (value.is_object()) add_leaves(value, names, offers);
    names.pop_back();
  }
}

// Those of `[context]`, and of the host where the line has `@host`.
Offers facts_to_take_away(const Cache& cache, const TypedLine& line) {
  Offers offers;
  std::vector<std::string> names;
  Context facts = cache.base_context();
  const std::vector<std::string> given = line.values_of(long_name(*line.option));
  if (std::find(given.begin(), given.end(), host_word) != given.end())
    merge_context(facts, host_facts());
  add_leaves(facts, names, offers);
  return offers;
}

// No shell sees a path behind the `@`.
Offers files_behind(const std::string& word) {
  const std::string folder =
      word.substr(1, word.rfind('/') == std::string::npos ? 0 : word.rfind('/'));
  const std::string name = word.substr(1 + folder.size());
  Offers offers;
  std::error_code failed;
  std::filesystem::directory_iterator entries(folder.empty() ? "." : folder, failed);
  for (; !failed && entries != std::filesystem::directory_iterator(); entries.increment(failed)) {
    const std::string found = entries->path().filename().string();
    // `@host` is this machine; a file of that name is `@./host`.
    const bool is_host = folder.empty() && '@' + found == host_word;
    if ((found.starts_with('.') && !name.starts_with('.')) || is_host) continue;
    std::error_code unknown;
    const bool is_folder = entries->is_directory(unknown);
    offers.push_back({'@' + folder + found + (is_folder ? "/" : "")});
  }
  std::sort(offers.begin(), offers.end(),
            [](const Offer& a, const Offer& b) { return a.text < b.text; });
  return offers;
}

}  // namespace

std::string type_text(FieldType type) {
  return type == FieldType::Any ? std::string() : to_string(type);
}

std::string about(const Fact& fact) {
  std::string text = type_text(fact.type);
  if (!text.empty() && !fact.doc.empty()) text += ": ";
  return text + fact.doc;
}

Offers offer_facts(const Cache& cache, const TypedLine& line) {
  if (line.word.starts_with('@')) {
    Offers offers = files_behind(line.word);
    offers.insert(offers.begin(), {std::string(host_word), "the facts of this machine"});
    return offers;
  }
  if (line.word.starts_with('~')) return facts_to_take_away(cache, line);
  if (const auto key = key_of(line.word)) return fact_values(cache, line, *key);
  const std::set<std::string> given = keys_given(line);
  const Context base = cache.base_context();
  Offers offers;
  for (const Fact& fact : facts_for_line(cache, line)) {
    if (given.contains(fact.path)) continue;
    offers.push_back({fact.path + '=', beside(about(fact), in_context(base, fact.path))});
  }
  return offers;
}

Offers offer_info(const Cache& cache, const TypedLine& line) {
  const auto key = key_of(line.word);
  const std::set<std::string> given = keys_given(line);
  Offers offers;
  for (const RegistryInfo& info : registries_of(cache, line)) {
    for (const Field& field : info.fields) {
      const std::string path = print_path(std::vector{field.name});
      if (key && key->path == path) return values_of_type(field.type, key->typed);
      if (!key && !given.contains(path)) offers.push_back({path + '=', type_text(field.type)});
    }
  }
  return offers;
}

}  // namespace reg::app
