#pragma once
/// @file query.h
/// Questions to a cache: which symbols match, in which order; which registry has an oid.
///
/// Everything here reads only; any thread may ask any cache.
///
/// ```cpp
/// const reg::Cache cache = reg::Cache::open(reg::Workspace::find().cache());
/// reg::SymbolQuery query;
/// query.registry = "Kernel";
/// query.where = "target glob 'lib*'";
/// query.sort = {"-oid", "target"};
/// query.limit = 10;
/// reg::run_query(cache, query,
///                [](const reg::SymbolView& symbol) { std::cout << symbol.oid() << '\n'; });
/// ```

#include <reg/cache.h>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// Which symbols, and in which order.
struct SymbolQuery {
  std::string registry = {};              ///< empty: all, without oids that begin with `__`
  std::vector<std::string> filter = {};   ///< globs: an oid that one of them matches is in
  std::vector<std::string> exclude = {};  ///< globs: an oid that one of them matches is out
  std::optional<std::string> where = {};  ///< a predicate (`Cache::each_symbol_where`)
  /// Columns (columns.h), the first that differs decides; `-column`: descending. Digits in texts
  /// count as numbers (`resnet18` before `resnet101`), fields of type version as versions. Numbers
  /// come before texts, those before the rest, and null last, in either direction. What is equal
  /// stays in the cache's order; so does all, without a column.
  std::vector<std::string> sort = {};
  std::optional<std::size_t> limit = {};  ///< at most so many

  /// Whether the globs let a name through.
  [[nodiscard]] bool accepts_name(std::string_view name) const;
};

/// How many symbols match beyond the limit costs reading them all, unless it is known anyway.
enum class CountMatches : bool { IfFree, Always };

struct QueryOutcome {
  std::size_t visited = 0;
  std::optional<std::size_t> matched;  ///< with those beyond the limit; not set: not known
};

/// Calls `visit` with each symbol that matches, in order. Sorting keeps what matches in memory;
/// nothing else does.
/// @throws UsageError for a column that is not there; InputError for `where`, as PredicateError if
/// it does not parse or fit what is declared; RegistryNotFound; StorageError.
QueryOutcome run_query(const Cache& cache, const SymbolQuery& query,
                       const std::function<void(const SymbolView& symbol)>& visit,
                       CountMatches count = CountMatches::IfFree);

/// What whoever finds nothing by these globs may have meant: `did you mean "ResNet"?`, or that
/// `*resnet*` matches; empty: nothing known. Looks at the first 100,000 oids.
[[nodiscard]] std::string hint_for_globs(const Cache& cache, const SymbolQuery& query);
/// The same for names of registries.
[[nodiscard]] std::string hint_for_registry_globs(const Cache& cache, const SymbolQuery& query);
/// What whoever asks all registries for an oid that none has may have meant; empty: nothing known.
[[nodiscard]] std::string hint_for_oid(const Cache& cache, std::string_view oid);
/// What whoever names a target may have meant that is none of `targets`: one that is almost the
/// same, or has that text in it; empty: nothing known.
[[nodiscard]] std::string hint_for_target(std::string_view text,
                                          const std::vector<std::string>& targets);

/// The only registry that has an oid; of several, the only one in which the workspace itself, and
/// no other origin (remote.h), implements it. @throws ObjectNotFound, with `hint_for_oid`;
/// UsageError that names the registries if there are several.
[[nodiscard]] std::string only_registry_of(const Cache& cache, std::string_view oid);

/// Compares texts as people order them: digits as numbers. Texts that differ in leading zeros only
/// are ordered by their bytes. < 0, 0 or > 0.
[[nodiscard]] int compare_naturally(std::string_view a, std::string_view b);

}  // namespace reg
