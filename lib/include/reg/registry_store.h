#pragma once
/// @file registry_store.h
/// All registries of a program, in memory: `RegistryStore`.
///
/// The store is a value that its user owns; there is no global one (ExCore's functions on the class
/// `Registry` are its members). It owns its registries, which are created as they are needed, and
/// lends them what they share: facts, named predicates, a base context, the lock, debug mode,
/// listeners and the merged view `__global`.
///
/// Threads: const functions may be called by many threads at once, as long as the callables given
/// to the store may be; everything else, also through its registries, needs exclusive access. Only
/// `dump` takes a lock between processes.
///
/// ```cpp
/// reg::RegistryStore store;
/// store.register_class<Codec, Png>("codecs", "image", {.select = reg::Predicate::parse("png")});
/// store.register_class<Codec, Raw>("codecs", "image");
/// auto codec = store.select_instance<Codec>("codecs", "image", {{"png", true}});   // a Png
/// ```

#include <reg/registry.h>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

class RegistryStore;

/// Whether a tie is an error rather than a warning (logilab: `debugmode`).
enum class DebugMode : bool { No, Yes };

/// Told of what is unexpected but no error. Called by the thread that causes it.
using WarningHandler = std::function<void(const Diagnostic& warning)>;

/// Makes the registry of that name; the store owns it (logilab: `REGISTRY_FACTORY`).
using RegistryFactory = std::function<std::unique_ptr<Registry>(const std::string& name)>;

/// Registers what a source declares (logilab: `load_file`, `registration_callback`).
using SourceLoader = std::function<void(RegistryStore& store, const std::filesystem::path& source)>;

/// How `RegistryStore::register_symbol` registers.
struct StoreRegisterOptions {
  std::vector<std::string> registries = {};  ///< empty: those that the implementation names
  std::string oid = {};                      ///< empty: the implementation's own
  Clear clear = Clear::No;
  Force force = Force::No;
};

/// Whether what a cache holds of registries that the store does not have is kept.
enum class DumpMode : bool { Replace, Update };

struct DumpOptions {
  DumpMode mode = DumpMode::Replace;  ///< ExCore: `update`
  /// The workspace's name in a cache that is new or replaced.
  std::string workspace = "registry";
  std::chrono::milliseconds lock_timeout{5000};
};

/// Whether there was a cache to load.
enum class Loaded : bool { No, Yes };

class RegistryStore {
 public:
  explicit RegistryStore(DebugMode debugmode = DebugMode::No);
  ~RegistryStore();
  RegistryStore(RegistryStore&&) noexcept;
  RegistryStore& operator=(RegistryStore&&) noexcept;
  RegistryStore(const RegistryStore&) = delete;
  RegistryStore& operator=(const RegistryStore&) = delete;

  /// @name What registries share
  /// @{
  DebugMode debugmode() const;
  void debugmode(DebugMode mode);
  /// Takes the place of an earlier handler; by default, warnings are dropped.
  void on_warning(WarningHandler handler);
  /// What `when` is evaluated against; by default no facts.
  const Json& facts() const;
  void set_facts(Json facts);
  /// What every selection's context is laid over; by default no facts.
  const Context& base_context() const;
  void set_base_context(Context context);
  const PredicateSet& predicates() const;
  /// Adds named predicates, all or none. @throws InputError if one of them is defined differently
  /// already, calls an undefined one, or reaches itself.
  void define_predicates(const PredicateSet& definitions);
  /// Adds a listener for selections in any registry, for the store's lifetime.
  void add_select_best_listener(SelectionListener listener);
  /// Registrations are ignored from here on (ExCore: `lock_register`).
  void lock_register();
  /// Registrations are carried out again (ExCore: `unlock_register`).
  void unlock_register();
  bool register_locked() const;
  /// @}

  /// @name Registries
  /// @{

  /// The registry of that name, made by its factory if there is none (ExCore: `Registry(name,
  /// extra_field)`). Where it exists, it stays as it is: other fields or another predicate than it
  /// has are ignored, with a warning. `__global` cannot be opened so, see `make_global`.
  /// @throws InputError as the constructor of `Registry`; UsageError for `__global`.
  Registry& registry(const std::string& name, RegistryOptions options = {});
  /// The registry of that name, else `fallback` (ExCore: `get_registry`). The store keeps it.
  Registry* get_registry(std::string_view name, Registry* fallback = nullptr);
  const Registry* get_registry(std::string_view name, const Registry* fallback = nullptr) const;
  /// The registry of that name (logilab: `store[name]`). @throws RegistryNotFound, with the nearest
  /// name as a hint.
  Registry& require_registry(std::string_view name);
  const Registry& require_registry(std::string_view name) const;
  /// All but the private ones, sorted by name.
  std::vector<RegistryInfo> registries() const;
  /// The number of symbols in all but the private registries.
  std::size_t size() const;
  /// How registries of that name are made from now on (logilab: `REGISTRY_FACTORY[name]`).
  void registry_factory(const std::string& name, RegistryFactory factory);
  /// How registries without a factory of their own are made (logilab: `REGISTRY_FACTORY[None]`).
  void registry_factory(RegistryFactory factory);
  /// The merged view of all registries, named `__global`, which later registrations keep up to date
  /// (ExCore: `make_global`). It has every symbol of every registry, but for private registries and
  /// oids, and all their fields; each symbol says which registry it is from. Nothing can be
  /// registered in it directly. The same one is returned each time; the store owns it.
  const Registry& make_global();
  /// The names of all registries but private ones as a text table (ExCore: `registry_table`).
  std::string registry_table() const;
  /// @}

  /// @name Registration
  /// In registries that are created as needed; see `Registry` for results and errors. With several
  /// registries, those before one that fails keep what was registered, and the last result counts.
  /// @{

  /// logilab: `register`. @throws also UsageError if no registry is named.
  Registered register_symbol(const Implementation& implementation,
                             const StoreRegisterOptions& options = {});
  template <typename Interface, typename Class>
  Registered register_class(const std::string& in_registry, std::string oid,
                            ImplementationOptions about = {}, RegisterOptions options = {}) {
    return registry(in_registry)
        .register_class<Interface, Class>(std::move(oid), std::move(about), options);
  }
  /// logilab: `register_all`, with `but` for `butclasses`: targets that are left out. Returns how
  /// many were registered; abstract ones are not.
  std::size_t register_all(const std::vector<Implementation>& implementations,
                           const std::vector<std::string>& but = {});
  /// logilab: `register_and_replace`, in each of its registries.
  Registered register_and_replace(const Implementation& implementation, std::string_view replaced);
  /// logilab: `unregister`, from `registry`. @throws RegistryNotFound.
  Unregistered unregister(std::string_view registry, std::string_view oid, std::string_view target);
  /// Removes the symbols of all registries, which stay as they are declared (logilab: `reset`).
  void clear();
  /// Ends registration in all registries: calls every hook that has not been called
  /// (`__registered__`).
  void initialization_completed();
  /// @}

  /// @name Sources
  /// Regular files, or folders with all that is below them; hidden files are left out.
  /// @{

  /// Clears the store, calls `load` for every file in path order, and ends registration (logilab:
  /// `register_modnames`). Each file's stamp is taken before it is loaded, so that one which cannot
  /// be loaded is not tried again until it changes. @throws what `load` throws; StorageError (Io).
  void register_sources(const std::vector<std::filesystem::path>& paths, const SourceLoader& load);
  /// Whether the files below `paths` are others than `register_sources` was given last, or have
  /// changed since (logilab: `is_reload_needed`). @throws StorageError (Io).
  bool is_reload_needed(const std::vector<std::filesystem::path>& paths) const;
  /// Registers the sources again if that is needed; returns whether it was.
  bool reload_if_needed(const std::vector<std::filesystem::path>& paths, const SourceLoader& load);
  /// @}

  /// @name Queries
  /// As those of `Registry` with the same name. @throws also RegistryNotFound.
  /// @{

  /// Every implementation of that oid in all but private registries, sorted by registry; empty if
  /// there is none (ExCore: `find`). Never stale.
  std::vector<Symbol> find(std::string_view oid) const;
  /// The registries that have that oid, sorted.
  std::vector<std::string> registries_of(std::string_view oid) const;
  /// Every symbol of all but private registries, by registry and oid.
  std::vector<Symbol> all_objects() const;
  std::vector<Symbol> all_objects(std::string_view registry) const;
  std::vector<Symbol> implementations(std::string_view registry, std::string_view oid) const;
  Symbol object_by_id(std::string_view registry, std::string_view oid) const;
  Selection score(std::string_view registry, std::string_view oid, const Context& context,
                  Explain explain = Explain::No) const;
  Selection select(std::string_view registry, std::string_view oid, const Context& context) const;
  std::optional<Candidate> select_or_none(std::string_view registry, std::string_view oid,
                                          const Context& context) const;
  std::vector<Candidate> possible_objects(std::string_view registry, const Context& context) const;
  Dispatcher dispatcher(std::string_view registry) const;
  template <typename Interface>
  std::unique_ptr<Interface> select_instance(std::string_view registry, std::string_view oid,
                                             const Context& context) const {
    return require_registry(registry).select_instance<Interface>(oid, context);
  }
  template <typename Interface>
  std::unique_ptr<Interface> select_instance_or_none(std::string_view registry,
                                                     std::string_view oid,
                                                     const Context& context) const {
    return require_registry(registry).select_instance_or_none<Interface>(oid, context);
  }
  template <typename Interface>
  std::unique_ptr<Interface> instance_by_id(std::string_view registry, std::string_view oid,
                                            const Context& context = Context::object()) const {
    return require_registry(registry).instance_by_id<Interface>(oid, context);
  }
  /// @}

  /// @name Cache
  /// @{

  /// Writes all but the private registries to a cache, in one step under its lock (ExCore: `dump`).
  /// With `DumpMode::Update`, registries in it that the store does not have are kept. Factories and
  /// hooks stay behind. A workspace's cache is written again from its sources by `auto_register`.
  /// @throws InputError if a symbol or a registry is scored by a C++ predicate, or if the cache
  /// defines one of the named predicates differently; StorageError (LockTimeout, Locked, Io;
  /// Cache, with `DumpMode::Update`). The old cache is then as it was.
  void dump(const std::filesystem::path& cache, const DumpOptions& options = {}) const;
  /// Takes a cache's registries, its named predicates and its base context; registries of the same
  /// names are replaced, others are kept (ExCore: `load`). Also while registration is locked; takes
  /// no lock between processes. @throws StorageError (Cache, Io); InputError if a named predicate
  /// is defined differently. The store is then as it was.
  void load(const std::filesystem::path& cache);
  /// Loads a cache and locks registration (ExCore: `load_registries`). If there is none, warns and
  /// does nothing. @throws as `load`; StorageError (Cache) if nothing is registered at all.
  Loaded load_registries(const std::filesystem::path& cache);
  /// @}

 private:
  friend class TracedSelection;
  struct SourceStamps;

  std::unique_ptr<Registry> make_registry(const std::string& name) const;
  Registry& add_registry(std::unique_ptr<Registry> registry);
  std::vector<std::string> public_names() const;

  std::shared_ptr<Surroundings> surroundings_;
  std::map<std::string, std::unique_ptr<Registry>, std::less<>> registries_;
  std::map<std::string, RegistryFactory, std::less<>> factories_;
  RegistryFactory default_factory_;
  std::unique_ptr<SourceStamps> stamps_;
};

}  // namespace reg
