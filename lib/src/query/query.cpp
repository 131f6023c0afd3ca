#include <predicate/value.h>
#include <reg/columns.h>
#include <reg/query.h>
#include <reg/text.h>
#include <select/inside_view.h>
#include <text/version.h>
#include <algorithm>

namespace reg {
namespace {

using Visit = std::function<bool(const SymbolView& symbol)>;

bool matches_any(const std::vector<std::string>& globs, std::string_view name) {
  return std::any_of(globs.begin(), globs.end(),
                     [name](const std::string& glob) { return glob_match(glob, name); });
}

std::vector<RegistryInfo> registries_of(const Cache& cache, const SymbolQuery& query) {
  if (query.registry.empty()) return cache.registries();
  return {cache.require_registry(query.registry)};
}

bool looks_at_names(const SymbolQuery& query) {
  return !query.filter.empty() || !query.exclude.empty() || query.registry.empty();
}

bool accepts(const SymbolQuery& query, const SymbolView& symbol) {
  const std::string oid = symbol.oid();
  return (!query.registry.empty() || !is_private(oid)) && query.accepts_name(oid);
}

// All that match, in the cache's order, until `visit` returns false.
void each_match(const Cache& cache, const SymbolQuery& query, const Visit& visit) {
  const bool by_name = looks_at_names(query);
  const Visit visit_accepted = [&](const SymbolView& symbol) {
    return (by_name && !accepts(query, symbol)) || visit(symbol);
  };
  if (!query.where) return cache.each_symbol(query.registry, visit_accepted);
  cache.each_symbol_where(query.registry, cache.parse_where(*query.where, query.registry),
                          visit_accepted);
}

// Numbers, then texts, then the rest by its text.
int rank(const Json& value) {
  if (value.is_number()) return 0;
  return value.is_string() ? 1 : 2;
}

int compare_numbers(const Json& a, const Json& b) {
  if (ast::holds(ast::Operator::Less, {&a}, {&b})) return -1;
  return ast::equal(a, b) ? 0 : 1;
}

int compare_values(const Json& a, const Json& b) {
  if (rank(a) != rank(b)) return rank(a) - rank(b);
  if (rank(a) == 0) return compare_numbers(a, b);
  return compare_naturally(value_text(a), value_text(b));
}

// What reads as no version comes after what does.
int compare_versions(const Json& a, const Json& b) {
  const std::string left = value_text(a), right = value_text(b);
  const auto x = VersionText::of(left), y = VersionText::of(right);
  if (!x || !y) return x ? -1 : y ? 1 : compare_naturally(left, right);
  const auto order = *x <=> *y;
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

struct SortKey {
  Column column;
  bool descending;

  // Null comes last, in whichever direction.
  int compare(const Json& a, const Json& b) const {
    if (a.is_null() || b.is_null()) return (a.is_null() ? 1 : 0) - (b.is_null() ? 1 : 0);
    const int order = column.is_version() ? compare_versions(a, b) : compare_values(a, b);
    return descending ? -order : order;
  }
};

std::vector<SortKey> sort_keys(const Cache& cache, const SymbolQuery& query) {
  const std::vector<RegistryInfo> registries = registries_of(cache, query);
  std::vector<SortKey> keys;
  for (const std::string& name : query.sort) {
    const bool descending = name.starts_with('-');
    if (name.empty() || name == "-") throw UsageError("a column to sort by has no name");
    keys.push_back({Column(name.substr(descending ? 1 : 0), registries), descending});
  }
  return keys;
}

struct Row {
  std::vector<Json> values;  // one for each key
  std::string line;
};

bool before(const std::vector<SortKey>& keys, const Row& a, const Row& b) {
  for (std::size_t at = 0; at < keys.size(); ++at) {
    const int order = keys[at].compare(a.values[at], b.values[at]);
    if (order != 0) return order < 0;
  }
  return false;
}

std::vector<Row> sorted_rows(const Cache& cache, const SymbolQuery& query) {
  const std::vector<SortKey> keys = sort_keys(cache, query);
  std::vector<Row> rows;
  each_match(cache, query, [&](const SymbolView& symbol) {
    Row& row = rows.emplace_back();
    for (const SortKey& key : keys) row.values.push_back(key.column.value(symbol));
    row.line = InsideView::line(symbol);
    return true;
  });
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return before(keys, a, b); });
  return rows;
}

QueryOutcome run_sorted(const Cache& cache, const SymbolQuery& query,
                        const std::function<void(const SymbolView& symbol)>& visit) {
  const std::vector<Row> rows = sorted_rows(cache, query);
  const std::size_t visited = std::min(rows.size(), query.limit.value_or(rows.size()));
  for (std::size_t at = 0; at < visited; ++at)
    visit(InsideView::of(InsideView::file(cache), rows[at].line));
  return {visited, rows.size()};
}

// The number of those that match, where the cache's head has it.
std::optional<std::size_t> known_count(const Cache& cache, const SymbolQuery& query) {
  if (query.where || !query.filter.empty() || !query.exclude.empty()) return std::nullopt;
  if (!query.registry.empty()) return cache.require_registry(query.registry).symbols;
  const bool has_private = !cache.oids("", "__", 1).empty();
  return has_private ? std::nullopt : std::optional<std::size_t>(cache.size());
}

// Reads on behind the limit only if what is there is to be counted, and the head does not tell.
QueryOutcome run_in_order(const Cache& cache, const SymbolQuery& query,
                          const std::function<void(const SymbolView& symbol)>& visit,
                          CountMatches count) {
  QueryOutcome outcome;
  if (query.limit) outcome.matched = known_count(cache, query);
  const bool reads_on = !outcome.matched && count == CountMatches::Always;
  std::size_t matched = 0;
  bool cut = query.limit == std::size_t{0} && !reads_on;
  each_match(cache, query, [&](const SymbolView& symbol) {
    if (cut) return false;
    ++matched;
    if (!query.limit || outcome.visited < *query.limit) {
      visit(symbol);
      ++outcome.visited;
    }
    cut = !reads_on && outcome.visited == query.limit;
    return !cut;
  });
  if (!cut) outcome.matched = matched;
  return outcome;
}

}  // namespace

bool SymbolQuery::accepts_name(std::string_view name) const {
  return (filter.empty() || matches_any(filter, name)) && !matches_any(exclude, name);
}

QueryOutcome run_query(const Cache& cache, const SymbolQuery& query,
                       const std::function<void(const SymbolView& symbol)>& visit,
                       CountMatches count) {
  if (!query.registry.empty()) cache.require_registry(query.registry);
  if (!query.sort.empty()) return run_sorted(cache, query, visit);
  return run_in_order(cache, query, visit, count);
}

}  // namespace reg
