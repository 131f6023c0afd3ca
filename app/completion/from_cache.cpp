#include "from_cache.h"

#include "facts.h"

#include <reg/columns.h>
#include <reg/fact_uses.h>
#include <reg/predicate.h>
#include <algorithm>
#include <optional>
#include <set>

namespace reg::app {

namespace {

// Looking at more symbols than that takes longer than a person waits for a TAB.
constexpr std::size_t most_symbols = 100'000;

// The registry and the oid that the line names, as its command calls its words.
struct Named {
  std::string registry, oid;
};

Named named_by(const TypedLine& line) {
  Named named;
  std::size_t next = 0;
  for (const Argument& argument : line.arguments.all()) {
    if (!argument.positional() || next == line.positionals.size()) continue;
    const std::string& word = line.positionals[next++];
    const std::size_t slash = argument.names.find('/');
    if (argument.names.starts_with("REGISTRY"))
      named.registry = slash == std::string::npos ? word : word.substr(0, word.find('/'));
    if (argument.names == "REGISTRY/OID" && word.find('/') != std::string::npos)
      named.oid = word.substr(word.find('/') + 1);
    if (argument.names == "OID") named.oid = word;
  }
  for (const std::string& name : line.values_of("--registry")) named.registry = name;
  for (const std::string& oid : line.values_of("--oid")) named.oid = oid;
  return named;
}

Offers registry_offers(const std::vector<RegistryInfo>& registries) {
  Offers offers;
  for (const RegistryInfo& info : registries) offers.push_back({info.name, info.doc});
  return offers;
}

Offers oid_offers(const Cache& cache, const std::string& registry, const std::string& prefix) {
  Offers offers;
  for (std::string& oid : cache.oids(registry, prefix, most_offers))
    offers.push_back({std::move(oid)});
  return offers;
}

std::vector<RegistryInfo> of_oid(const Cache& cache, const std::string& oid) {
  std::vector<RegistryInfo> infos;
  for (const std::string& name : cache.registries_of(oid)) {
    if (auto info = cache.registry(name)) infos.push_back(std::move(*info));
  }
  return infos;
}

std::string type_of_column(const std::string& column, const std::vector<RegistryInfo>& registries) {
  for (const RegistryInfo& info : registries) {
    if (const Field* field = info.field(column)) return type_text(field->type);
  }
  return {};
}

Offers column_offers(const std::vector<RegistryInfo>& registries) {
  Offers offers;
  for (const std::string& name : column_names(registries))
    offers.push_back({name, type_of_column(name, registries)});
  return offers;
}

// `b` of `a,b` and of `a,-b`; what stands before it is not touched.
std::size_t begin_of_last(const std::string& list) {
  const std::size_t begin = list.rfind(',') + 1;
  return begin + (begin < list.size() && list[begin] == '-' ? 1 : 0);
}

void add_names(std::set<std::string>& names, const std::string& list) {
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::size_t sign = list[begin] == '-' ? 1 : 0;
    names.insert(list.substr(begin + sign, end - begin - sign));
    begin = end + 1;
  }
}

// What is open at the end of a predicate: a text, or a name in back-ticks.
struct Open {
  char quote = '\0';
  std::size_t begin = 0;
};

Open open_in(const std::string& text) {
  Open open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && open.quote != '`') {
      ++i;
    } else if (open.quote == '\0' && (c == '"' || c == '\'' || c == '`')) {
      open = {c, i};
    } else if (c == open.quote) {
      open = {};
    }
  }
  return open;
}

bool is_part_of_path(char c) {
  return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// The part of a predicate that is not touched: what stands before the path that it ends with, which
// may be in the middle of `self.a` and `` self.`a b ``. Nothing where it ends in a text.
std::optional<std::string> before_path(const std::string& text) {
  const Open open = open_in(text);
  if (open.quote == '"' || open.quote == '\'') return std::nullopt;
  std::size_t end = open.quote == '`' ? open.begin : text.size();
  while (end > 0 && is_part_of_path(text[end - 1])) --end;
  return text.substr(0, end);
}

Offers behind(const std::string& typed, Offers offers) {
  for (Offer& offer : offers) offer.text.insert(0, typed);
  return offers;
}

std::string as_path(const std::string& name) { return print_path(std::vector{name}); }

void add_predicates(const Cache& cache, Offers& offers) {
  const PredicateSet predicates = cache.predicates();
  for (const auto& [name, definition] : predicates.definitions()) {
    offers.push_back(
        {name + '(', definition.is_fact() ? "tests the fact" : definition.expr->to_string()});
  }
}

}  // namespace

std::vector<RegistryInfo> registries_of(const Cache& cache, const TypedLine& line) {
  const Named named = named_by(line);
  if (!named.registry.empty()) {
    const auto info = cache.registry(named.registry);
    return info ? std::vector{*info} : std::vector<RegistryInfo>();
  }
  return named.oid.empty() ? cache.registries() : of_oid(cache, named.oid);
}

Offers offer_registries(const Cache& cache, const TypedLine& line) {
  // Only an option stands beside an oid: a positional one is what the oid is looked for in.
  const std::string oid = line.option == nullptr ? std::string() : named_by(line).oid;
  Offers offers = registry_offers(oid.empty() ? cache.registries() : of_oid(cache, oid));
  std::erase_if(offers, [&](const Offer& offer) {
    const std::vector<std::string>& given = line.positionals;
    return line.option == nullptr &&
           std::find(given.begin(), given.end(), offer.text) != given.end();
  });
  return offers;
}

Offers offer_oids(const Cache& cache, const TypedLine& line) {
  return oid_offers(cache, named_by(line).registry, line.word);
}

Offers offer_pinned(const Cache& cache) {
  Offers offers;
  for (const RegistryInfo& info : cache.registries()) {
    for (const Pin& pin : info.pins) offers.push_back({info.name + '/' + pin.oid, pin.target});
  }
  return offers;
}

Offers offer_objects(const Cache& cache, const TypedLine& line) {
  if (line.command->name == "unpin") return offer_pinned(cache);
  const std::size_t slash = line.word.find('/');
  if (slash != std::string::npos) {
    return behind(line.word.substr(0, slash + 1),
                  oid_offers(cache, line.word.substr(0, slash), line.word.substr(slash + 1)));
  }
  Offers offers = registry_offers(cache.registries());
  for (Offer& offer : offers) offer.text += '/';
  return offers;
}

Offers offer_listed(const Cache& cache, const TypedLine& line) {
  const std::string registry = named_by(line).registry;
  if (registry.empty() && !line.has("--all")) return registry_offers(cache.registries());
  return oid_offers(cache, registry, line.word);
}

Offers offer_targets(const Cache& cache, const TypedLine& line) {
  const Named named = named_by(line);
  Offers offers;
  if (!named.oid.empty()) {
    for (const Symbol& symbol : cache.implementations(named.registry, named.oid))
      offers.push_back({symbol.target, symbol.doc});
    return offers;
  }
  std::size_t left = most_symbols;
  cache.each_symbol(named.registry, [&](const SymbolView& view) {
    SymbolKey key = view.key();
    if (key.target.starts_with(line.word)) offers.push_back({std::move(key.target), key.oid});
    return offers.size() < most_offers && --left > 0;
  });
  return offers;
}

Offers offer_column(const Cache& cache, const TypedLine& line) {
  return column_offers(registries_of(cache, line));
}

Offers offer_columns(const Cache& cache, const TypedLine& line) {
  const std::size_t begin = begin_of_last(line.word);
  std::set<std::string> given;
  // Every table has these columns already.
  if (long_name(*line.option) == "--fields") given = {"oid", "target"};
  for (const std::string& list : line.values_of(long_name(*line.option))) add_names(given, list);
  add_names(given, line.word.substr(0, line.word.rfind(',') + 1));
  Offers offers = column_offers(registries_of(cache, line));
  std::erase_if(offers, [&](const Offer& offer) { return given.contains(offer.text); });
  return behind(line.word.substr(0, begin), std::move(offers));
}

Offers offer_where(const Cache& cache, const TypedLine& line) {
  const auto before = before_path(line.word);
  if (!before) return {};
  Offers offers = column_offers(registries_of(cache, line));
  for (Offer& offer : offers) offer.text = as_path(offer.text);
  add_predicates(cache, offers);
  return behind(*before, std::move(offers));
}

Offers offer_select(const Cache& cache, const TypedLine& line) {
  const auto before = before_path(line.word);
  if (!before) return {};
  const std::vector<RegistryInfo> registries = registries_of(cache, line);
  Offers offers;
  for (const Fact& fact : known_facts(registries)) offers.push_back({fact.path, about(fact)});
  for (const RegistryInfo& info : registries) {
    for (const Field& field : info.fields)
      offers.push_back({"self." + as_path(field.name), type_text(field.type)});
  }
  add_predicates(cache, offers);
  return behind(*before, std::move(offers));
}

}  // namespace reg::app
