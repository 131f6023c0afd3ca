#include "list_query.h"

#include "../render/symbol_writer.h"
#include "column_names.h"

#include <manifest/line.h>
#include <text/json_text.h>
#include <text/names.h>
#include <text/version.h>
#include <algorithm>

namespace reg::app {

namespace {

bool matches_any(const std::vector<std::string>& globs, const std::string& name) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_match(glob, name); });
}

Predicate parse_where(const std::string& text, const Cache& cache, const ListScope& scope) {
  for (const std::string& fact : Predicate::parse(text).facts())
    require_column(parse_path(fact).front(), scope.known_columns);
  return cache.parse_where(text, scope.registry);
}

// Whether the name alone does not rule a line out.
bool accepts_line(const ListQuery& query, const Cache& cache, const ListScope& scope,
                  std::string_view line) {
  if (query.filter.empty() && query.exclude.empty() && !scope.registry.empty()) return true;
  const std::optional<LineKey> key = line_key(line);
  const std::string oid = key ? unescape(key->oid) : cache.parse_line(line).oid;
  return (!scope.registry.empty() || !is_private(oid)) && query.accepts_name(oid);
}

// Calls `visit` with everything that matches, in the cache's order, until it returns false.
void each_match(const ListQuery& query, const Cache& cache, const ListScope& scope,
                const std::function<bool(std::string_view line)>& visit) {
  auto visit_accepted = [&](std::string_view line) {
    return !accepts_line(query, cache, scope, line) || visit(line);
  };
  if (!query.where) return cache.each_line(scope.registry, visit_accepted);
  const Predicate where = parse_where(*query.where, cache, scope);
  cache.each_line_where(scope.registry, where, visit_accepted);
}

// Numbers, then strings, then the rest by its text.
int rank(const Json& value) {
  if (value.is_number()) return 0;
  return value.is_string() ? 1 : 2;
}

bool less_version(const Json& a, const Json& b) {
  const std::string left = version_text(a).value_or(""), right = version_text(b).value_or("");
  const auto x = VersionText::of(left), y = VersionText::of(right);
  return x && y ? *x < *y : left < right;
}

bool less(const Json& a, const Json& b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return rank(a) == 2 ? to_text(a) < to_text(b) : a < b;
}

struct Sorted {
  Json key;
  std::string line;
};

using Less = bool (*)(const Json& a, const Json& b);

// Null comes last, in whichever direction.
bool before(const Sorted& a, const Sorted& b, bool descending, Less less_than) {
  if (a.key.is_null() || b.key.is_null()) return !a.key.is_null() && b.key.is_null();
  return descending ? less_than(b.key, a.key) : less_than(a.key, b.key);
}

std::size_t visit_sorted(const ListQuery& query, const Cache& cache, const ListScope& scope,
                         const std::function<void(std::string_view line)>& visit) {
  const bool descending = query.sort->starts_with('-');
  const std::string column = query.sort->substr(descending ? 1 : 0);
  require_column(column, scope.known_columns);
  std::vector<Sorted> lines;
  each_match(query, cache, scope, [&](std::string_view line) {
    lines.push_back({column_value(cache.parse_line(line), column), std::string(line)});
    return true;
  });
  const Less less_than = scope.version_columns.contains(column) ? less_version : less;
  std::stable_sort(lines.begin(), lines.end(), [&](const Sorted& a, const Sorted& b) {
    return before(a, b, descending, less_than);
  });
  if (query.limit && *query.limit < lines.size()) lines.resize(*query.limit);
  for (const Sorted& one : lines) visit(one.line);
  return lines.size();
}

}  // namespace

bool ListQuery::accepts_name(const std::string& name) const {
  return (filter.empty() || matches_any(filter, name)) && !matches_any(exclude, name);
}

std::size_t run_list_query(const ListQuery& query, const Cache& cache, const ListScope& scope,
                           const std::function<void(std::string_view line)>& visit) {
  if (query.sort) return visit_sorted(query, cache, scope, visit);
  std::size_t visited = 0;
  each_match(query, cache, scope, [&](std::string_view line) {
    if (visited == query.limit) return false;
    visit(line);
    ++visited;
    return visited != query.limit;
  });
  return visited;
}

}  // namespace reg::app
