#include "list_query.h"

#include "../render/symbol_writer.h"
#include "column_names.h"

#include <cache/line.h>
#include <text/json_text.h>
#include <text/names.h>
#include <algorithm>

namespace reg::app {

namespace {

bool matches_any(const std::vector<std::string>& globs, const std::string& name) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_match(glob, name); });
}

// A predicate over a symbol's own values.
class Condition {
 public:
  Condition(const std::string& text, const Cache& cache, const std::vector<std::string>& columns)
      : predicate_(Predicate::parse(text)), named_(cache.predicates(predicate_.calls())) {
    for (const PredicateCall& call : predicate_.calls()) {
      const std::optional<Diagnostic> problem = named_.problem(call);
      if (problem) throw PredicateError(problem->message, text, call.offset, problem->hint);
    }
    for (const std::string& fact : predicate_.facts()) {
      require_column(fact.substr(0, fact.find('.')), columns);
    }
  }

  bool holds(const Symbol& symbol) const {
    Context facts = symbol.info;
    facts["registry"] = symbol.registry;
    facts["oid"] = symbol.oid;
    facts["target"] = symbol.target;
    return predicate_.score(facts, symbol.info, named_) > 0;
  }

 private:
  Predicate predicate_;
  PredicateSet named_;
};

// Reads from a line what is needed, or nothing if the name alone rules it out.
std::optional<Symbol> read_line(const Cache& cache, std::string_view line, const ListQuery& query,
                                const ListScope& scope, Needs needs) {
  const std::optional<LineKey> key = line_key(line);
  if (!key) return cache.parse_line(line);
  Symbol symbol;
  symbol.oid = unescape(key->oid);
  if (scope.registry.empty() && is_private(symbol.oid)) return std::nullopt;
  if (!query.accepts_name(symbol.oid)) return std::nullopt;
  if (needs == Needs::Everything) return cache.parse_line(line);
  symbol.registry = unescape(key->registry);
  symbol.target = unescape(key->target);
  return symbol;
}

// Calls `visit` with everything that matches, in the cache's order, until it returns false.
void each_match(const ListQuery& query, const Cache& cache, const ListScope& scope, Needs needs,
                const std::function<bool(Symbol&&)>& visit) {
  std::optional<Condition> condition;
  if (query.where) condition.emplace(*query.where, cache, scope.known_columns);
  cache.each_line(scope.registry, [&](std::string_view line) {
    std::optional<Symbol> symbol = read_line(cache, line, query, scope, needs);
    const bool matches = symbol && (!condition || condition->holds(*symbol));
    return !matches || visit(std::move(*symbol));
  });
}

// Numbers, then strings, then the rest by its text.
int rank(const Json& value) {
  if (value.is_number()) return 0;
  return value.is_string() ? 1 : 2;
}

bool less(const Json& a, const Json& b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return rank(a) == 2 ? to_text(a) < to_text(b) : a < b;
}

class SortKey {
 public:
  SortKey(const std::string& sort, const std::vector<std::string>& columns)
      : descending_(sort.starts_with('-')), column_(sort.substr(descending_ ? 1 : 0)) {
    require_column(column_, columns);
  }

  // Null comes last either way.
  bool before(const Symbol& a, const Symbol& b) const {
    const Json left = column_value(a, column_);
    const Json right = column_value(b, column_);
    if (left.is_null() || right.is_null()) return !left.is_null() && right.is_null();
    return descending_ ? less(right, left) : less(left, right);
  }

 private:
  bool descending_;
  std::string column_;
};

std::size_t visit_sorted(const ListQuery& query, const Cache& cache, const ListScope& scope,
                         const std::function<void(const Symbol&)>& visit) {
  const SortKey key(*query.sort, scope.known_columns);
  std::vector<Symbol> symbols;
  each_match(query, cache, scope, Needs::Everything, [&](Symbol&& symbol) {
    symbols.push_back(std::move(symbol));
    return true;
  });
  std::stable_sort(symbols.begin(), symbols.end(),
                   [&](const Symbol& a, const Symbol& b) { return key.before(a, b); });
  if (query.limit && *query.limit < symbols.size()) symbols.resize(*query.limit);
  for (const Symbol& symbol : symbols) visit(symbol);
  return symbols.size();
}

}  // namespace

bool ListQuery::accepts_name(const std::string& name) const {
  return (filter.empty() || matches_any(filter, name)) && !matches_any(exclude, name);
}

std::size_t run_list_query(const ListQuery& query, const Cache& cache, const ListScope& scope,
                           const std::function<void(const Symbol&)>& visit) {
  if (query.sort) return visit_sorted(query, cache, scope, visit);
  const Needs needs = query.where ? Needs::Everything : scope.needs;
  std::size_t visited = 0;
  each_match(query, cache, scope, needs, [&](Symbol&& symbol) {
    if (visited == query.limit) return false;
    visit(symbol);
    ++visited;
    return visited != query.limit;
  });
  return visited;
}

}  // namespace reg::app
