#pragma once
// Which symbols `list` shows, and in which order.

#include <reg/cache.h>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

struct ListQuery {
  std::vector<std::string> filter;   // globs; a name that matches one of them is in
  std::vector<std::string> exclude;  // globs; a name that matches one of them is out
  std::optional<std::string> where;
  std::optional<std::string> sort;  // a column; `-column`: descending
  std::optional<std::size_t> limit;

  // Whether the globs let a name through.
  bool accepts_name(const std::string& name) const;
};

struct ListScope {
  std::string registry;                    // empty: all, without private names
  std::vector<std::string> known_columns;  // what `where` and `sort` may name
  std::set<std::string> version_columns;   // those that are sorted as versions
};

// Calls `visit` with the line of each symbol that matches, in order; returns how many there were.
// Throws UsageError for an unknown column, and PredicateError or InputError for `where`.
std::size_t run_list_query(const ListQuery& query, const Cache& cache, const ListScope& scope,
                           const std::function<void(std::string_view line)>& visit);

}  // namespace reg::app
