#include <cache/cache_file.h>
#include <manifest/line.h>
#include <reg/registry_details.h>
#include <select/inside_view.h>
#include <text/json_text.h>
#include <update/state.h>
#include <map>
#include <set>

namespace reg {

namespace {

// What the lines of a registry add up to; texts are escaped.
struct Lines {
  std::string last_oid;
  std::size_t oids = 0;
  std::set<std::string, std::less<>> selects;
  std::map<std::string, std::size_t, std::less<>> sources;

  void add(const LineText& line) {
    if (oids == 0 || line.key.oid != last_oid) ++oids;
    last_oid = line.key.oid;
    if (!line.select.empty() && !selects.contains(line.select)) selects.emplace(line.select);
    const auto known = sources.find(line.source.path);
    if (known == sources.end()) {
      sources.emplace(line.source.path, 1);
    } else {
      ++known->second;
    }
  }
};

Lines read_lines(const Cache& cache, const std::string& registry) {
  Lines lines;
  const CacheFile& file = InsideView::file(cache);
  cache.each_symbol(registry, [&](const SymbolView& symbol) {
    const std::optional<LineText> parts = split_line(InsideView::line(symbol));
    if (!parts) file.broken("a symbol is not laid out as it must be");
    lines.add(*parts);
    return true;
  });
  return lines;
}

// Predicates in a cache have been parsed before.
std::vector<PredicateCall> calls_in(const CacheFile& file, const RegistryInfo& info,
                                    const Lines& lines) {
  std::vector<PredicateCall> calls;
  const auto add = [&](const std::string& text) {
    try {
      for (PredicateCall& call : Predicate::parse(text).calls()) calls.push_back(std::move(call));
    } catch (const PredicateError& error) {
      file.broken(std::string("has a predicate that is none: ") + error.what());
    }
  };
  if (info.select) add(*info.select);
  for (const std::string& select : lines.selects) add(unescape(select));
  return calls;
}

// The sidecar may be gone, or another cache's.
std::vector<Place> declarations_of(const Cache& cache, const std::string& registry) {
  std::vector<Place> places;
  const std::optional<State> state = read_state(cache.path());
  if (!state || state->cache != InsideView::file(cache).header().sum) return places;
  for (const KnownSource& source : state->sources) {
    if (!source.declarations) continue;
    for (const RegistryDeclaration& each : source.declarations->registries) {
      if (each.name == registry) places.push_back({source.path, each.at.line, each.at.column});
    }
  }
  return places;
}

std::vector<RegistrySource> sources_of(const Lines& lines, const std::vector<Place>& declared) {
  std::map<std::string, RegistrySource> sources;
  for (const auto& [path, symbols] : lines.sources) {
    const std::string plain = unescape(path);
    sources[plain] = {{plain}, symbols};
  }
  for (const Place& place : declared) {
    RegistrySource& source = sources[place.path];
    if (source.place.line == 0) source.place = place;
  }
  std::vector<RegistrySource> all;
  all.reserve(sources.size());
  for (auto& [path, source] : sources) all.push_back(std::move(source));
  return all;
}

}  // namespace

RegistryDetails registry_details(const Cache& cache, std::string_view registry) {
  RegistryDetails details;
  details.info = cache.require_registry(registry);
  const Lines lines = read_lines(cache, details.info.name);
  details.oids = lines.oids;
  details.predicates = cache.predicates(calls_in(InsideView::file(cache), details.info, lines));
  details.sources = sources_of(lines, declarations_of(cache, details.info.name));
  return details;
}

}  // namespace reg
