#pragma once
/// @file cache.h
/// The cache that all queries answer from: opened for reading, never written here.
///
/// A `Cache` reads with `pread` only what a query needs; its layout is described in
/// `lib/src/cache/README.md`. It takes no lock: writers replace the file as a whole, and an open
/// `Cache` goes on reading the one it opened. A network file system may take that away, once it has
/// been replaced: then every function throws StaleCache, and the cache is to be opened again. Const
/// functions may be called by many threads at once.
///
/// ```cpp
/// auto cache = reg::Cache::open(reg::Workspace::find().cache());
/// auto selection = cache.select("Kernel", "gemm", {{"sm", 90}});
/// std::cout << selection.winner()->symbol.target << '\n';
/// ```

#include <reg/dispatcher.h>
#include <reg/selection.h>
#include <reg/symbol.h>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class CacheFile;
class Workspace;

/// What names a symbol.
struct SymbolKey {
  std::string registry, oid, target;
  friend bool operator==(const SymbolKey&, const SymbolKey&) = default;
};

/// A symbol as it stands in a cache: nothing of it is read before it is asked for. Valid during the
/// call that it is given to; `query.h`, `columns.h` and `shapes.h` have more to ask of it.
/// All functions @throw StorageError (kind Cache) for what is not laid out as it was written.
class SymbolView {
 public:
  [[nodiscard]] std::string oid() const;
  [[nodiscard]] SymbolKey key() const;
  [[nodiscard]] Symbol symbol() const;

 private:
  friend struct InsideView;
  SymbolView(const CacheFile& file, std::string_view line) : file_(&file), line_(line) {}

  const CacheFile* file_;
  std::string_view line_;
};

/// A symbol that was read of a cache, as its line names it: escaped as in JSON, without quotes.
struct SymbolRead {
  std::string_view registry, oid;
  std::string_view source;  ///< the path
};

/// How much was read of a cache.
struct CacheReads {
  std::uint64_t calls = 0;  ///< of the system's read function
  std::uint64_t bytes = 0;
};

class Cache {
 public:
  /// @throws StorageError: kind Cache if the file is missing, is no cache, is of another version or
  /// is visibly not laid out as written; kind Io if it cannot be read.
  [[nodiscard]] static Cache open(const std::filesystem::path& file);
  /// The same, of a workspace, which a `Loader` then knows: wherever its cache lies, libraries are
  /// found relative to it.
  [[nodiscard]] static Cache open(const Workspace& workspace);

  Cache(Cache&&) noexcept;
  Cache& operator=(Cache&&) noexcept;
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;
  ~Cache();

  [[nodiscard]] const std::filesystem::path& path() const;
  /// The workspace's name.
  [[nodiscard]] std::string workspace_name() const;
  /// The facts that every selection starts with: `[context]` of `registry.toml`.
  [[nodiscard]] Context base_context() const;
  /// The same cache, with these facts in the place of `[context]`. It shares the open file.
  [[nodiscard]] Cache with_base_context(Context context) const;
  /// Where libraries are looked for, in this order: `library_path` in `[workspace]` of
  /// `registry.toml`, relative to the workspace or absolute. Empty: only beside what declares them.
  [[nodiscard]] std::vector<std::filesystem::path> library_path() const;
  /// The number of symbols in all registries.
  [[nodiscard]] std::uint64_t size() const;

  /// All registries, sorted by name.
  [[nodiscard]] std::vector<RegistryInfo> registries() const;
  [[nodiscard]] std::optional<RegistryInfo> registry(std::string_view name) const;
  /// As above. @throws RegistryNotFound, with the nearest name as a hint.
  RegistryInfo require_registry(std::string_view name) const;

  /// The implementations of an oid in one registry, in registration order; empty if there is none.
  [[nodiscard]] std::vector<Symbol> implementations(std::string_view registry,
                                                    std::string_view oid) const;
  /// As above. @throws RegistryNotFound, ObjectNotFound, with the nearest name as a hint.
  std::vector<Symbol> require_implementations(std::string_view registry,
                                              std::string_view oid) const;
  /// The registries that have that oid, sorted (ExCore: `find`).
  [[nodiscard]] std::vector<std::string> registries_of(std::string_view oid) const;
  /// Every implementation of that oid, in every registry (ExCore: `find`).
  [[nodiscard]] std::vector<Symbol> find(std::string_view oid) const;

  /// The first `limit` oids that begin with `prefix`, sorted: those of one registry, or of all (an
  /// empty name).
  [[nodiscard]] std::vector<std::string> oids(std::string_view registry, std::string_view prefix,
                                              std::size_t limit) const;

  /// Calls `visit` with every symbol of a registry (all: an empty name), sorted by registry and
  /// oid, until it returns false.
  void each_symbol(std::string_view registry,
                   const std::function<bool(const SymbolView& symbol)>& visit) const;
  /// As above, with those for which a predicate holds. It names fields, with or without `self.`,
  /// and `registry`, `oid`, `target`, `doc`, `select` (null where it has none) and `source`, the
  /// path; a field that is declared under one of these names hides it. A field that is not given is
  /// null, and not there. Fields of type version are compared as such. Named predicates are the
  /// cache's.
  /// @throws InputError if it calls one that is not defined.
  void each_symbol_where(std::string_view registry, const Predicate& where,
                         const std::function<bool(const SymbolView& symbol)>& visit) const;
  /// A predicate for `each_symbol_where`, checked against what is declared: a name that is no
  /// field, a call of what is not defined, and a comparison that the fields' types never let hold
  /// are errors, if they are so in every registry that is asked for (all: an empty name).
  /// @throws PredicateError with the offset of what is wrong; RegistryNotFound.
  [[nodiscard]] Predicate parse_where(std::string_view text, std::string_view registry) const;

  /// All named predicates.
  [[nodiscard]] PredicateSet predicates() const;
  /// The definitions of these named predicates and of all that they call.
  [[nodiscard]] PredicateSet predicates(const std::vector<PredicateCall>& calls) const;

  /// Scores every implementation of an oid; `context` is laid over `base_context()`, and what the
  /// registry declares to be a version is compared as one.
  /// @throws RegistryNotFound, ObjectNotFound; InputError as `facts_for` (facts.h).
  [[nodiscard]] Selection score(std::string_view registry, std::string_view oid,
                                const Context& context, Explain explain = Explain::No) const;
  /// The same in a registry whose declaration was read before (`require_registry`), which is not
  /// read again.
  [[nodiscard]] Selection score(const RegistryInfo& registry, std::string_view oid,
                                const Context& context, Explain explain = Explain::No) const;
  /// The same by name, and there is a winner. @throws also NoSelectableObject, with the reasons.
  [[nodiscard]] Selection select(std::string_view registry, std::string_view oid,
                                 const Context& context) const;
  /// The winner; nothing if none applies or there is no such oid. @throws RegistryNotFound;
  /// InputError as above.
  [[nodiscard]] std::optional<Candidate> select_or_none(std::string_view registry,
                                                        std::string_view oid,
                                                        const Context& context) const;
  /// The best implementation of every oid of a registry, leaving out oids where none applies, and
  /// the ties among them. @throws RegistryNotFound; InputError as above.
  [[nodiscard]] PossibleObjects possible_objects(std::string_view registry,
                                                 const Context& context) const;
  /// The only implementation of an oid. @throws SelectAmbiguity if there are several.
  [[nodiscard]] Symbol object_by_id(std::string_view registry, std::string_view oid) const;

  /// A registry compiled for millions of selections, with this cache's base context and named
  /// predicates. Reads the whole registry; the cache may be closed afterwards.
  /// @throws RegistryNotFound.
  [[nodiscard]] Dispatcher dispatcher(std::string_view registry) const;

  /// What has been read so far, by all threads.
  CacheReads reads() const;
  /// From now on, calls `tell` with every symbol whose line a query reads; the texts are valid
  /// during the call only. No other thread uses this cache meanwhile.
  void tell_reads(std::function<void(const SymbolRead& symbol)> tell);

  /// Every invariant of the layout, checked over the whole file: what is wrong, one line each;
  /// empty: all well.
  [[nodiscard]] std::vector<std::string> verify() const;

 private:
  friend struct InsideView;
  friend class Freshening;  // asks which cache the file is
  explicit Cache(std::shared_ptr<CacheFile> file, std::optional<Context> base = {});
  std::shared_ptr<CacheFile> file_;
  std::optional<Context> base_;  // in the place of what the file has
};

}  // namespace reg
